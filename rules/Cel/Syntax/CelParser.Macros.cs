namespace MallVip.Rules.Cel;

/// <summary>Calls that are macros: has, the list and map walkers, cel.bind.</summary>
internal sealed partial class CelParser
{
    private CelNode FinishCall(CelToken name, CelNode? target, List<CelNode> arguments)
    {
        if (_expandMacros && Expand(name, target, arguments) is { } macro)
            return Checked(macro);
        return Checked(new CelCall(name.Span, name.Text, target, arguments));
    }

    private static CelNode? Expand(CelToken name, CelNode? target, List<CelNode> arguments)
    {
        if (target is null)
            return name.Text == "has" && arguments.Count == 1 ? Has(name, arguments[0]) : null;
        if (name.Text == "bind" && target is CelIdent { Name: "cel" } && arguments.Count == 3)
            return new CelBind(name.Span, Variable(arguments[0]), arguments[1], arguments[2]);
        return (name.Text, arguments.Count) switch
        {
            ("all", 2 or 3) => Walk(CelMacroKind.All),
            ("exists", 2 or 3) => Walk(CelMacroKind.Exists),
            ("exists_one" or "existsOne", 2 or 3) => Walk(CelMacroKind.ExistsOne),
            ("filter", 2) => Walk(CelMacroKind.Filter),
            ("map", 2) => Walk(CelMacroKind.Map),
            ("map", 3) => Walk(CelMacroKind.Map, variables: 1),
            ("transformList", 3 or 4) => Walk(CelMacroKind.Map, variables: 2),
            ("transformMap", 3 or 4) => Walk(CelMacroKind.TransformMap, variables: 2),
            ("transformMapEntry", 3 or 4) => Walk(CelMacroKind.TransformMapEntry, variables: 2),
            _ => null,
        };

        CelMacro Walk(CelMacroKind kind, int variables = 0)
        {
            var count = variables > 0 ? variables : arguments.Count - 1;
            var names = arguments.Take(count).Select(Variable).ToArray();
            if (names.Length == 2 && names[0] == names[1])
                throw Mistake(arguments[1].Span, $"'{names[1]}' is named twice");
            var filter = arguments.Count == count + 2 ? arguments[count] : null;
            return new CelMacro(name.Span, kind, target, names, filter, arguments[^1]);
        }
    }

    private static CelSelect Has(CelToken name, CelNode argument)
    {
        if (argument is not CelSelect { IsTest: false } select)
            throw Mistake(name, "has() takes a field, as in has(event.till)");
        return new CelSelect(select.Span, select.Operand, select.Field, isTest: true);
    }

    private static string Variable(CelNode node) => node is CelIdent { IsAbsolute: false } name
        ? name.Name
        : throw Mistake(node.Span, "a plain variable name is expected here");
}
