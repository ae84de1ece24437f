"""Trees that are one dictionary of arrays."""


class _Tree:
    def __init__(self, keys):
        self.keys = keys

    def flatten_up_to(self, tree):
        assert list(tree) == self.keys
        return list(tree.values())

    def unflatten(self, leaves):
        leaves = list(leaves)
        assert len(leaves) == len(self.keys)
        return dict(zip(self.keys, leaves))


def tree_flatten(tree):
    return list(tree.values()), _Tree(list(tree))
