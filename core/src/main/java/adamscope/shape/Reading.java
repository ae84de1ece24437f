package adamscope.shape;

/// Something that can be read from the mapping that is given: the value of a key, or of several together.
public interface Reading<V> {
    V in(Given given);
}
