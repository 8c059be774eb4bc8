namespace MallVip.Rules.Cel;

/// <summary>How static types fit each other.</summary>
internal static class CelTypeRelation
{
    /// <summary>
    /// Whether a value of type <paramref name="from"/> may stand where <paramref name="to"/> is wanted.
    /// </summary>
    public static bool Fits(this CelType from, CelType to)
    {
        if (from.Kind == CelTypeKind.Dyn || to.Kind == CelTypeKind.Dyn)
            return true;
        if (from.Kind != to.Kind)
            return false;
        if (from.Kind is CelTypeKind.Object or CelTypeKind.Opaque)
            return from.Equals(to);
        for (var i = 0; i < from.Parameters.Count; i++)
        {
            if (!from.Parameters[i].Fits(to.Parameters[i]))
                return false;
        }
        return true;
    }

    /// <summary>Int and uint stand where a decimal is wanted: the conversion is exact.</summary>
    public static bool WidensToDecimal(this CelType from) =>
        from.Kind is CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Decimal;

    /// <summary>The type of a place that holds either; dyn where they have nothing in common.</summary>
    public static CelType Join(CelType left, CelType right)
    {
        if (ReferenceEquals(left, right))
            return left;
        if (left.Equals(right))
            return left.AllowedTexts is null ? left : right.AllowedTexts is null ? right : CelType.String;
        if (left.Kind == right.Kind && left.Kind == CelTypeKind.List)
            return CelType.List(Join(left.Parameters[0], right.Parameters[0]));
        if (left.Kind == right.Kind && left.Kind == CelTypeKind.Map)
        {
            var key = Join(left.Parameters[0], right.Parameters[0]);
            return CelType.Map(key, Join(left.Parameters[1], right.Parameters[1]));
        }
        return CelType.Dyn;
    }
}
