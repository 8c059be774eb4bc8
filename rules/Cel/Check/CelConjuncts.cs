namespace MallVip.Rules.Cel;

/// <summary>Takes conditions apart.</summary>
internal static class CelConjuncts
{
    public static IEnumerable<CelNode> Split(CelNode node) =>
        node is CelCall { Function: CelOperators.And } and ? and.Arguments.SelectMany(Split) : [node];

    /// <summary>For <c>path == literal</c>, its mirror image, and <c>path in [literals]</c>.</summary>
    public static CelIndexTest? IndexTest(CelNode node)
    {
        if (node is not CelCall { Function: CelOperators.Equal or CelOperators.In, Target: null } call)
            return null;
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        if (call.Function == CelOperators.In)
            return right is CelListNode list && list.Items.All(item => item is CelLiteral)
                ? Test(left, list.Items.Cast<CelLiteral>())
                : null;
        if (right is CelLiteral value)
            return Test(left, [value]);
        return left is CelLiteral mirrored ? Test(right, [mirrored]) : null;
    }

    /// <summary>For <c>path &gt;= literal</c>, the other orders, and their mirror images.</summary>
    public static CelRangeTest? RangeTest(CelNode node)
    {
        if (node is not CelCall { Target: null, Arguments: [var left, var right] } call)
            return null;
        return call.Function switch
        {
            CelOperators.Greater => Range(left, right, above: true, inclusive: false),
            CelOperators.GreaterOrEqual => Range(left, right, above: true, inclusive: true),
            CelOperators.Less => Range(left, right, above: false, inclusive: false),
            CelOperators.LessOrEqual => Range(left, right, above: false, inclusive: true),
            _ => null,
        };
    }

    private static CelRangeTest? Range(CelNode left, CelNode right, bool above, bool inclusive)
    {
        var (path, literal, isAbove) = left is CelLiteral mirrored
            ? (right, mirrored, !above) : (left, right as CelLiteral, above);
        return path.Type.Kind is CelTypeKind.Int or CelTypeKind.Decimal
            && CelReadsCollector.PathOf(path) is { } text && NumberOf(literal) is { } bound
            ? new(text, isAbove, bound, inclusive) : null;
    }

    private static decimal? NumberOf(CelLiteral? literal) => literal?.Value.Kind switch
    {
        CelKind.Int => literal.Value.AsInt,
        CelKind.Decimal => literal.Value.AsDecimal,
        _ => null,
    };

    private static CelIndexTest? Test(CelNode path, IEnumerable<CelLiteral> literals) =>
        CelReadsCollector.PathOf(path) is { } text
            ? new CelIndexTest(text, [.. literals.Select(literal => literal.Value).Distinct()])
            : null;
}
