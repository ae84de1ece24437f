/// Data sets as the public formats hold them, and as samples that a network is trained on.
///
/// The three main types are [adamscope.data.DataSource], [adamscope.data.Samples] and [adamscope.data.Safetensors].
///
/// ```java
/// DataSource source = new ImageSource(new ImageSource.Format.Bundled(), Subset.first(1000), Scaling.STANDARD);
/// Samples samples = source.read(Place.CPU_FLOAT32).samples();
/// ```
///
/// A file that is damaged is refused with its name, the offset and what was expected there.
package adamscope.data;
