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

    private static CelIndexTest? Test(CelNode path, IEnumerable<CelLiteral> literals) =>
        CelReadsCollector.PathOf(path) is { } text
            ? new CelIndexTest(text, [.. literals.Select(literal => literal.Value).Distinct()])
            : null;
}
