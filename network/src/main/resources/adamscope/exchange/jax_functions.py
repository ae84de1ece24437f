def rms(a):
    """Root mean square over an array."""
    return jnp.sqrt(jnp.mean(a * a))


def rowmean(a):
    """Mean of each row; of a vector or a single number, the thing itself."""
    return jnp.mean(a, axis=tuple(range(1, a.ndim)), keepdims=True) if a.ndim > 1 else a


def colmean(a):
    """Mean of each column; of a vector or a single number, the thing itself."""
    return jnp.mean(a, axis=0, keepdims=True) if a.ndim > 1 else a


def orthogonalize(a):
    """The nearest matrix with orthonormal rows or columns, U V^T of a = U S V^T."""
    if a.ndim < 2:
        raise ValueError("orthogonalize needs matrices, here is an array of shape %s" % (a.shape,))
    u, _, vt = jnp.linalg.svd(jnp.reshape(a, (a.shape[0], -1)), full_matrices=False)
    return jnp.reshape(u @ vt, a.shape)


def number_ratio(a, b):
    """a / b of Python numbers, infinite or NaN where b is 0."""
    return jnp.divide(a, b)


def number_power(a, b):
    """a**b of Python numbers, infinite or NaN where Python raises or becomes complex."""
    return jnp.power(jnp.asarray(a, float), b)
