using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>Variables, fields, list and map literals.</summary>
internal sealed partial class CelEmitter
{
    private CelCode EmitBinding(CelBinding binding, CelNode node)
    {
        switch (binding)
        {
            case CelConstant constant:
                return CelCode.Of(constant.Value);
            case CelLocal { ErrorSlot: { } error } local:
                return new CelCode(Expression.Block(Expression.Assign(Error, error), local.Slot!), true);
            case CelLocal local:
                return new CelCode(local.Slot!, false);
            case CelVariable variable:
                return Read(node, variable.Read(context), variable.Name, optional: false);
            default:
                throw new InvalidOperationException($"unknown binding {binding.GetType()}");
        }
    }

    /// <summary>What a getter gives; absent optional values fail.</summary>
    private CelCode Read(CelNode node, Expression read, string name, bool optional)
    {
        if (Nullable.GetUnderlyingType(read.Type) is null && !optional)
            return Native(node, CelCoercion.Normalize(read));
        var slot = Expression.Variable(read.Type);
        var isNullable = Nullable.GetUnderlyingType(read.Type) is not null;
        var present = isNullable ? Expression.Property(slot, "Value") : (Expression)slot;
        var value = CelCoercion.Normalize(present);
        var absent =
            Expression.Block(Mark(node), FailCall(CelCodes.Absent, [name]), Expression.Default(value.Type));
        var code = Expression.Block(value.Type, [slot], Expression.Assign(slot, read),
            Expression.Condition(IsPresent(slot), value, absent));
        return Native(node, code) with { CanFail = true };
    }

    private static Expression IsPresent(Expression value) => value.Type.IsValueType
        ? Nullable.GetUnderlyingType(value.Type) is null ? Expression.Constant(true)
            : Expression.Property(value, "HasValue")
        : Expression.ReferenceNotEqual(value, Expression.Constant(null));

    /// <summary>A dyn value may carry a host function's error, so it is settled; other types pass.</summary>
    private CelCode Native(CelNode node, Expression value) => value.Type == typeof(CelValue)
        ? new CelCode(Expression.Block(Mark(node), Helper(nameof(CelOps.Settle), value)), true)
        : new CelCode(value, false);

    private CelCode EmitSelect(CelSelect select)
    {
        if (select.Binding is CelFieldBinding { Field: var field })
            return select.IsTest ? EmitHasField(select, field) : EmitField(select, field);
        if (select.Binding is not null)
            return EmitBinding(select.Binding, select);
        var operand = EmitAs(select.Operand, typeof(CelValue));
        var name = Expression.Constant(select.Field);
        if (select.IsTest)
            return Failable(select, [operand], values =>
                Helper(nameof(CelOps.Has), values[0], name), typeof(bool));
        return Failable(select, [operand], values =>
            Helper(nameof(CelOps.Select), values[0], name), typeof(CelValue));
    }

    private CelCode EmitField(CelSelect select, CelField field)
    {
        var record = EmitTyped(select.Operand);
        if (!record.CanFail)
            return Read(select, field.Read(record.Value), field.Name, field.Optional);
        var slot = Expression.Variable(record.HostType);
        var read = Read(select, field.Read(slot), field.Name, field.Optional);
        var guarded = Expression.Block(read.HostType, [slot], Expression.Assign(slot, record.Value),
            Expression.Condition(HasFailed, Expression.Default(read.HostType), read.Value));
        return new CelCode(guarded, true);
    }

    private CelCode EmitHasField(CelSelect select, CelField field) => Strict(
        [EmitTyped(select.Operand)],
        values => field.Optional ? IsPresent(field.Read(values[0])) : Expression.Constant(true),
        typeof(bool),
        addsFailure: false);

    private CelCode EmitList(CelListNode list)
    {
        var items = list.Items.Select(item => EmitAs(item, typeof(CelValue))).ToArray();
        if (items.All(item => item.Constant is not null))
            return CelCode.Of(CelList.FromArray([.. items.Select(item => item.Constant!.Value)]));
        return Strict(
            items,
            values => Expression.Call(typeof(CelList), nameof(CelList.FromArray), null,
                Expression.NewArrayInit(typeof(CelValue), values)),
            typeof(CelValue),
            addsFailure: false);
    }

    private CelCode EmitMap(CelMapNode map)
    {
        var parts = map.Children.Select(child => EmitAs(child, typeof(CelValue))).ToArray();
        var built = Expression.Variable(typeof(CelMap));
        return Failable(map, parts, Build, typeof(CelValue));

        Expression Build(Expression[] values)
        {
            var steps = new List<Expression> { Expression.Assign(built, Expression.New(typeof(CelMap))) };
            for (var i = 0; i < values.Length; i += 2)
                steps.Add(Helper(nameof(CelOps.AddEntry), built, values[i], values[i + 1]));
            steps.Add(CelCoercion.Box(built, CelType.AnyMap));
            return Expression.Block(typeof(CelValue), [built], steps);
        }
    }

    private CelCode EmitBind(CelBind bind)
    {
        var value = EmitTyped(bind.Value);
        var slot = Expression.Variable(value.HostType, bind.Name);
        var error = Expression.Variable(typeof(CelError));
        bind.Local!.Slot = slot;
        bind.Local.ErrorSlot = value.CanFail ? error : null;
        var steps = new List<Expression> { Expression.Assign(slot, value.Value) };
        if (value.CanFail)
        {
            steps.Add(Expression.Assign(error, Error));
            steps.Add(Expression.Assign(Error, NoError));
        }
        var body = EmitTyped(bind.Body);
        steps.Add(body.Value);
        return new CelCode(Expression.Block(body.HostType, [slot, error], steps), body.CanFail);
    }
}
