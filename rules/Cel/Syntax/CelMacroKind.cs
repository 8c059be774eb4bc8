namespace MallVip.Rules.Cel;

/// <summary>The macros of the language that loop over a list or a map.</summary>
public enum CelMacroKind
{
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
    TransformMap,
    TransformMapEntry,
}
