/// Records as text: each key is declared once, with its form, default and meaning, and from that come reading with the
/// place of every mistake, writing, options, tables of reference and a schema.
///
/// Main types: [adamscope.shape.Shape], a record as a mapping; [adamscope.shape.Key]; [adamscope.shape.Alternatives],
/// one of several shapes; [adamscope.shape.Form], what may stand in one place.
package adamscope.shape;
