namespace MallVip.Rules.Cel;

/// <summary>Macros: what they walk, what their variables are, what they give.</summary>
internal sealed partial class CelChecker
{
    private CelType CheckMacro(CelMacro macro)
    {
        var range = Check(macro.Range);
        var (key, item) = Elements(macro, range);
        macro.Locals = macro.Variables.Count == 2
            ? [new CelLocal(macro.Variables[0], key), new CelLocal(macro.Variables[1], item)]
            : [new CelLocal(macro.Variables[0], range.Kind == CelTypeKind.Map ? key : item)];
        foreach (var local in macro.Locals)
            _locals.Push(local);
        if (macro.Filter is not null)
            WantBool(macro.Filter, Check(macro.Filter));
        var body = Check(macro.Body);
        foreach (var _ in macro.Locals)
            _locals.Pop();
        return ResultOf(macro, body, key);
    }

    private CelType ResultOf(CelMacro macro, CelType body, CelType key)
    {
        switch (macro.Kind)
        {
            case CelMacroKind.All or CelMacroKind.Exists or CelMacroKind.ExistsOne:
                WantBool(macro.Body, body);
                return CelType.Bool;
            case CelMacroKind.Filter:
                WantBool(macro.Body, body);
                return CelType.List(macro.Locals[0].Type);
            case CelMacroKind.Map:
                return CelType.List(body);
            case CelMacroKind.TransformMap:
                return CelType.Map(key, body);
            case CelMacroKind.TransformMapEntry:
                if (!body.Fits(CelType.AnyMap))
                    Report(macro.Body.Span, CelCodes.WrongResult, [$"{body}", "map"]);
                return body.Kind == CelTypeKind.Map ? body : CelType.AnyMap;
            default:
                throw new InvalidOperationException($"unknown macro {macro.Kind}");
        }
    }

    private (CelType Key, CelType Item) Elements(CelMacro macro, CelType range)
    {
        if (range.Kind == CelTypeKind.List)
            return (CelType.Int, range.Parameters[0]);
        if (range.Kind == CelTypeKind.Map)
            return (range.Parameters[0], range.Parameters[1]);
        if (range.Kind != CelTypeKind.Dyn)
            Report(macro.Span, CelCodes.NotWalkable, [MacroName(macro), $"{range}"]);
        return (CelType.Dyn, CelType.Dyn);
    }

    private static string MacroName(CelMacro macro) => CelCanonicalText.MacroName(macro);

    private void WantBool(CelNode node, CelType type)
    {
        if (!type.Fits(CelType.Bool))
            Report(node.Span, CelCodes.NotBool, [$"{type}"]);
    }
}
