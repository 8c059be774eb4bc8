namespace MallVip.Rules.Cel;

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
