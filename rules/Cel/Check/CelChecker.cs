namespace MallVip.Rules.Cel;

/// <summary>
/// Gives every node its type and every name and call its meaning, and collects all mistakes. When it is
/// lenient (the check is off), what it cannot resolve is left to fail at run time.
/// </summary>
internal sealed partial class CelChecker(CelNames names, bool isLenient, List<CelDiagnostic> diagnostics)
{
    private const int MaxDiagnostics = 100;
    private const int MostListed = 24;

    private readonly Stack<CelLocal> _locals = new();

    public CelType Check(CelNode node) => node.Type = node switch
    {
        CelLiteral literal => literal.Value.Type,
        CelIdent ident => CheckIdent(ident),
        CelSelect select => CheckSelect(select),
        CelCall call => CheckCall(call),
        CelListNode list => CheckList(list),
        CelMapNode map => CheckMap(map),
        CelMacro macro => CheckMacro(macro),
        CelBind bind => CheckBind(bind),
        _ => throw new InvalidOperationException($"unknown node {node.GetType()}"),
    };

    /// <summary>
    /// Checks a whole expression, and whether it may stand for the type that the caller wants.
    /// </summary>
    public void CheckWhole(CelNode root, CelType? expected)
    {
        Check(root);
        if (expected is not null)
            CheckResult(root, expected);
        diagnostics.AddRange(_undecided.Values);
    }

    private void CheckResult(CelNode root, CelType expected)
    {
        if (expected.Kind == CelTypeKind.Decimal && (root.Type.WidensToDecimal() || TryAdapt(root)))
            return;
        if (!root.Type.Fits(expected))
            Report(root.Span, CelCodes.WrongResult, [$"{root.Type}", $"{expected}"]);
    }

    private CelType CheckIdent(CelIdent ident)
    {
        var local = ident.IsAbsolute ? null : FindLocal(ident.Name);
        ident.Binding = local ?? names.FindVariable(ident.Name, ident.IsAbsolute);
        if (ident.Binding is not null)
            return ident.Binding.Type;
        Report(ident.Span, CelCodes.UnknownVariable, [ident.Name],
            CelSuggestion.For(ident.Name, names.VariableNames.Concat(_locals.Select(each => each.Name))));
        return CelType.Dyn;
    }

    private CelType CheckSelect(CelSelect select)
    {
        if (!select.IsTest && QualifiedName(select) is { } path)
        {
            select.Binding = names.FindVariable(path.Name, path.IsAbsolute);
            if (select.Binding is not null)
                return select.Binding.Type;
        }
        var operand = Check(select.Operand);
        var type = FieldType(select, operand);
        return select.IsTest ? CelType.Bool : type;
    }

    private CelType FieldType(CelSelect select, CelType operand)
    {
        switch (operand)
        {
            case CelObjectType record when record.FindField(select.Field) is { } field:
                select.Binding = new CelFieldBinding(field);
                return field.Type;
            case CelObjectType record:
                ReportUnknown(
                    select.Span, CelCodes.UnknownField, select.Field, record.Name, record.FieldNames);
                return CelType.Dyn;
            case { Kind: CelTypeKind.Map }:
                return operand.Parameters[1];
            case { Kind: CelTypeKind.Dyn }:
                return CelType.Dyn;
            default:
                Report(select.Span, CelCodes.UnknownField, [select.Field, $"{operand}"]);
                return CelType.Dyn;
        }
    }

    private CelType CheckList(CelListNode list)
    {
        foreach (var item in list.Items)
            Check(item);
        if (list.Items.Any(item => item.Type.Kind == CelTypeKind.Decimal))
            AdaptItems(list);
        return ListType(list);
    }

    private static CelType ListType(CelListNode list) =>
        list.Items.Count == 0 ? CelType.AnyList
            : CelType.List(list.Items.Select(item => item.Type).Aggregate(CelTypeRelation.Join));

    private CelType CheckMap(CelMapNode map)
    {
        foreach (var child in map.Children)
            Check(child);
        return map.Entries.Count == 0
            ? CelType.AnyMap
            : CelType.Map(
                map.Entries.Select(entry => entry.Key.Type).Aggregate(CelTypeRelation.Join),
                map.Entries.Select(entry => entry.Value.Type).Aggregate(CelTypeRelation.Join));
    }

    private CelType CheckBind(CelBind bind)
    {
        bind.Local = new CelLocal(bind.Name, Check(bind.Value));
        _locals.Push(bind.Local);
        var type = Check(bind.Body);
        _locals.Pop();
        return type;
    }

    private CelLocal? FindLocal(string name) => _locals.FirstOrDefault(local => local.Name == name);

    /// <summary>A chain of plain names that no local variable starts.</summary>
    private (string Name, bool IsAbsolute)? QualifiedName(CelNode node) => node switch
    {
        CelIdent ident when ident.IsAbsolute || FindLocal(ident.Name) is null =>
            (ident.Name, ident.IsAbsolute),
        CelSelect { IsTest: false } select when QualifiedName(select.Operand) is { } path =>
            ($"{path.Name}.{select.Field}", path.IsAbsolute),
        _ => null,
    };

    private void Report(CelSpan at, string code, IReadOnlyList<string> args, string? suggestion = null)
    {
        if (suggestion is null)
            ReportWithHint(at, code, args, null);
        else
            ReportWithHint(at, code, args, CelCodes.HintDidYouMean, suggestion);
    }

    /// <summary>The hint names the nearest of those that are known, or all of them if they are few.</summary>
    private void ReportUnknown(
        CelSpan at, string code, string name, string owner, IEnumerable<string> known)
    {
        var all = known.Order(StringComparer.Ordinal).ToArray();
        var near = CelSuggestion.For(name, all);
        if (near is null && all.Length is > 0 and <= MostListed)
            ReportWithHint(at, code, [name, owner], CelCodes.HintOneOf, string.Join(", ", all));
        else
            Report(at, code, [name, owner], near);
    }

    private void ReportWithHint(
        CelSpan at, string code, IReadOnlyList<string> args, string? hintCode, params string[] hintArgs)
    {
        if (!isLenient && diagnostics.Count < MaxDiagnostics)
            diagnostics.Add(CelDiagnostic.At(at, code, args, hintCode, hintArgs));
    }
}
