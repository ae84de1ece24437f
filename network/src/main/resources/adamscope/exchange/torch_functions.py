def sign(a):
    """-1, 0 or 1; NaN stays NaN, of which torch.sign makes 0."""
    return torch.where(torch.isnan(a), a, torch.sign(a))


def rms(a):
    """Root mean square over a tensor."""
    return torch.sqrt(torch.mean(a * a))


def rowmean(a):
    """Mean of each row; of a vector or a single number, the thing itself."""
    return a.mean(dim=tuple(range(1, a.dim())), keepdim=True) if a.dim() > 1 else a.clone()


def colmean(a):
    """Mean of each column; of a vector or a single number, the thing itself."""
    return a.mean(dim=0, keepdim=True) if a.dim() > 1 else a.clone()


def orthogonalize(a):
    """The nearest matrix with orthonormal rows or columns, U V^T of a = U S V^T."""
    u, _, vt = torch.linalg.svd(a.flatten(1), full_matrices=False)
    return (u @ vt).view_as(a)


def number_ratio(a, b):
    """a / b, infinite or NaN where b is 0."""
    if b == 0:
        return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1, b)
    return a / b


def number_power(a, b):
    """a**b, infinite or NaN where Python raises or becomes complex."""
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ValueError:
        return math.inf if a == 0 else math.nan


def number_sqrt(a):
    """The root, NaN below 0."""
    return math.sqrt(a) if a >= 0 else math.nan


def number_log(a):
    """The logarithm, -inf at 0, NaN below."""
    return math.log(a) if a > 0 else -math.inf if a == 0 else math.nan


def number_exp(a):
    """The exponential, infinite where it overflows."""
    return math.exp(a) if a < 709.782712893384 else a * math.inf


def number_sin(a):
    """The sine, NaN of infinity."""
    return math.sin(a) if math.isfinite(a) else math.nan


def number_cos(a):
    """The cosine, NaN of infinity."""
    return math.cos(a) if math.isfinite(a) else math.nan


def number_sign(a):
    """-1, 0 or 1."""
    return math.nan if math.isnan(a) else (a > 0) - (a < 0)


def number_max(a, b):
    """The larger, NaN if one is NaN."""
    return math.nan if math.isnan(a) or math.isnan(b) else max(a, b)


def number_min(a, b):
    """The smaller, NaN if one is NaN."""
    return math.nan if math.isnan(a) or math.isnan(b) else min(a, b)
