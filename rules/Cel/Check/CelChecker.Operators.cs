namespace MallVip.Rules.Cel;

/// <summary>Operators: which operands they take and what they give.</summary>
internal sealed partial class CelChecker
{
    private CelType? CheckOperator(CelCall call)
    {
        var arguments = call.Arguments;
        switch (call.Function)
        {
            case CelOperators.And or CelOperators.Or or CelOperators.Not:
                foreach (var operand in arguments)
                    WantBool(operand, Check(operand));
                return CelType.Bool;
            case CelOperators.Conditional:
                return CheckConditional(call);
        }
        if (CelOperators.Symbol(call.Function) is null)
            return null;
        foreach (var operand in arguments)
            Check(operand);
        return call.Function switch
        {
            CelOperators.Negate => Negated(call),
            CelOperators.Index => Indexed(call),
            CelOperators.In => Membership(call),
            CelOperators.Equal or CelOperators.NotEqual => Equality(call),
            CelOperators.Less or CelOperators.LessOrEqual => Ordering(call),
            CelOperators.Greater or CelOperators.GreaterOrEqual =>
                Ordering(call),
            _ => Arithmetic(call),
        };
    }

    private CelType CheckConditional(CelCall call)
    {
        WantBool(call.Arguments[0], Check(call.Arguments[0]));
        var (left, right) = (call.Arguments[1], call.Arguments[2]);
        var joined = CelTypeRelation.Join(Check(left), Check(right));
        if (MeetAsDecimals(call, left, right))
            return CelType.Decimal;
        if (!left.Type.Fits(right.Type) && !right.Type.Fits(left.Type))
            return !isLenient && IsUndecided(call) ? CelType.Double : NoOverload(call, CelType.Dyn);
        return joined;
    }

    private CelType Negated(CelCall call) => call.Arguments[0].Type.Kind switch
    {
        CelTypeKind.Int or CelTypeKind.Double or CelTypeKind.Decimal or CelTypeKind.Dyn =>
            call.Arguments[0].Type,
        _ => NoOverload(call, CelType.Dyn),
    };

    private CelType Indexed(CelCall call)
    {
        var (container, index) = (call.Arguments[0].Type, call.Arguments[1].Type);
        return container.Kind switch
        {
            CelTypeKind.List when index.Kind is CelTypeKind.Int or CelTypeKind.Dyn => container.Parameters[0],
            CelTypeKind.Map when AreComparable(index, container.Parameters[0]) => container.Parameters[1],
            CelTypeKind.Dyn => CelType.Dyn,
            _ => NoOverload(call, CelType.Dyn),
        };
    }

    private CelType Membership(CelCall call)
    {
        var (item, container) = (call.Arguments[0], call.Arguments[1]);
        if (container.Type.Kind == CelTypeKind.Dyn)
            return CelType.Bool;
        if (container.Type.Kind is not (CelTypeKind.List or CelTypeKind.Map))
            return NoOverload(call, CelType.Bool);
        if (item.Type.Kind == CelTypeKind.Decimal && container is CelListNode literal)
            AdaptItems(literal);
        CheckTexts(item.Type, (container as CelListNode)?.Items ?? []);
        CheckTexts(container.Type.Parameters[0], [item]);
        return AreComparable(item.Type, container.Type.Parameters[0]) ? CelType.Bool
            : NoOverload(call, CelType.Bool);
    }

    private CelType Equality(CelCall call)
    {
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        CheckTexts(left.Type, [right]);
        CheckTexts(right.Type, [left]);
        if (MeetAsDecimals(call, left, right) || AreComparable(left.Type, right.Type))
            return CelType.Bool;
        return NoOverload(call, CelType.Bool);
    }

    /// <summary>Whether equality between the two can be true.</summary>
    private static bool AreComparable(CelType left, CelType right) =>
        left.Fits(right) || right.Fits(left)
        || left.Kind == CelTypeKind.Decimal && right.WidensToDecimal()
        || right.Kind == CelTypeKind.Decimal && left.WidensToDecimal()
        || left.Kind == CelTypeKind.Null && right.Kind is CelTypeKind.Object or CelTypeKind.Opaque
        || right.Kind == CelTypeKind.Null && left.Kind is CelTypeKind.Object or CelTypeKind.Opaque;

    private CelType Ordering(CelCall call)
    {
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        if (MeetAsDecimals(call, left, right) || left.Type.IsNumber && right.Type.IsNumber)
            return CelType.Bool;
        var hasOrder = IsOrdered(left.Type) && IsOrdered(right.Type);
        return hasOrder && left.Type.Fits(right.Type) ? CelType.Bool : NoOverload(call, CelType.Bool);
    }

    private static bool IsOrdered(CelType type) =>
        type.Kind is CelTypeKind.Dyn or CelTypeKind.Bool or CelTypeKind.String or CelTypeKind.Bytes
            or CelTypeKind.Timestamp or CelTypeKind.Duration || type.IsNumber;

    private CelType Arithmetic(CelCall call)
    {
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        if (left.Type.Kind == CelTypeKind.Dyn || right.Type.Kind == CelTypeKind.Dyn)
            return CelType.Dyn;
        if (MeetAsDecimals(call, left, right))
            return CelType.Decimal;
        var isAdd = call.Function == CelOperators.Add;
        if (left.Type.Kind == CelTypeKind.List && right.Type.Kind == CelTypeKind.List && isAdd)
            return CelTypeRelation.Join(left.Type, right.Type);
        return CelTypedOperators.ResultOf(call.Function, left.Type, right.Type) ?? NoOverload(call,
            CelType.Dyn);
    }

    /// <summary>Literals compared with text from a known set must be in the set.</summary>
    private void CheckTexts(CelType type, IEnumerable<CelNode> others)
    {
        if (type.AllowedTexts is not { } allowed)
            return;
        foreach (var literal in others.OfType<CelLiteral>().Where(each => each.Value.Kind == CelKind.String))
        {
            var text = literal.Value.AsString;
            if (!allowed.Contains(text))
                ReportUnknown(literal.Span, CelCodes.UnknownValue, text, type.Name, allowed);
        }
    }

    private CelType NoOverload(CelCall call, CelType result)
    {
        var types = string.Join(", ", call.Children.Select(child => child.Type));
        var name = CelOperators.Symbol(call.Function) ?? call.Function;
        var opaque = call.Children.FirstOrDefault(child => child.Type.Kind == CelTypeKind.Opaque);
        if (opaque is not null)
            Report(call.Span, CelCodes.OpaqueUse, [opaque.Type.Name]);
        else if (call.Children.Count == 2 && call.Children.All(child => child.Type.IsNumber))
            ReportWithHint(call.Span, CelCodes.NoOverload, [name, types], CelCodes.HintConvert,
                $"{call.Children[0].Type}");
        else
            Report(call.Span, CelCodes.NoOverload, [name, types]);
        return result;
    }
}
