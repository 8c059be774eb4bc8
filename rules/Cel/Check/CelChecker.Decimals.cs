namespace MallVip.Rules.Cel;

/// <summary>
/// Decimals beside other numbers: whole numbers convert, double literals adapt, other doubles do not.
/// </summary>
internal sealed partial class CelChecker
{
    /// <summary>
    /// Choices such as c ? 1.5 : 1, which are fine beside a decimal and a mistake elsewhere.
    /// </summary>
    private readonly Dictionary<CelCall, CelDiagnostic> _undecided = [];

    /// <summary>Whether a choice between a double literal and a whole number is left open for now.</summary>
    private bool IsUndecided(CelCall choice)
    {
        var (left, right) = (choice.Arguments[1], choice.Arguments[2]);
        if (!left.Type.IsNumber || !right.Type.IsNumber || !IsAdaptable(left) || !IsAdaptable(right))
            return false;
        _undecided[choice] = CelDiagnostic.At(
            choice.Span, CelCodes.NoOverload,
                ["?:", string.Join(", ", choice.Children.Select(child => child.Type))]);
        return true;
    }

    /// <summary>
    /// Rewrites a double literal, or a choice between such, as a decimal from its source text.
    /// </summary>
    private bool TryAdapt(CelNode node)
    {
        if (node.Type.Kind == CelTypeKind.Decimal)
            return true;
        if (node is CelLiteral { Type.Kind: CelTypeKind.Double } literal)
        {
            if (!CelMoney.TryParse(literal.Text, out var value))
                return false;
            literal.Value = CelValue.Of(value);
            literal.Type = CelType.Decimal;
            return true;
        }
        if (node is not CelCall { Function: CelOperators.Conditional } choice)
            return false;
        var (left, right) = (choice.Arguments[1], choice.Arguments[2]);
        if (!IsAdaptable(left) || !IsAdaptable(right))
            return false;
        foreach (var branch in new[] { left, right }.Where(branch => branch.Type.Kind == CelTypeKind.Double))
            TryAdapt(branch);
        choice.Type = CelType.Decimal;
        _undecided.Remove(choice);
        return true;
    }

    private static bool IsAdaptable(CelNode node) => node.Type.WidensToDecimal() || node switch
    {
        CelLiteral { Type.Kind: CelTypeKind.Double } literal => CelMoney.TryParse(literal.Text, out _),
        CelCall { Function: CelOperators.Conditional } choice =>
            IsAdaptable(choice.Arguments[1]) && IsAdaptable(choice.Arguments[2]),
        _ => false,
    };

    private void AdaptItems(CelListNode list)
    {
        foreach (var item in list.Items.Where(item => item.Type.Kind == CelTypeKind.Double))
            TryAdapt(item);
        list.Type = ListType(list);
    }

    /// <summary>
    /// True when one side is a decimal and the other a number: it has been adapted, or the mixture reported.
    /// </summary>
    private bool MeetAsDecimals(CelCall call, CelNode left, CelNode right)
    {
        var leftIsDecimal = left.Type.Kind == CelTypeKind.Decimal;
        if (!leftIsDecimal && right.Type.Kind != CelTypeKind.Decimal)
            return false;
        var other = leftIsDecimal ? right : left;
        if (!other.Type.IsNumber)
            return false;
        if (!other.Type.WidensToDecimal() && !TryAdapt(other))
            ReportDouble(call, other);
        return true;
    }

    private void ReportDouble(CelCall call, CelNode other) =>
        ReportWithHint(other.Span, CelCodes.DoubleWithDecimal,
            [CelOperators.Symbol(call.Function) ?? call.Function],
            CelCodes.HintDecimalLiteral);
}
