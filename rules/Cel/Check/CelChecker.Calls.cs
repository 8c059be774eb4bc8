namespace MallVip.Rules.Cel;

/// <summary>
/// Function and method calls: which overload, or which overloads to choose from at run time.
/// </summary>
internal sealed partial class CelChecker
{
    private CelType CheckCall(CelCall call)
    {
        if (call.Target is null && CheckOperator(call) is { } result)
            return result;
        if (call.Target is not null && QualifiedName(call.Target) is { } path)
        {
            var name = $"{path.Name}.{call.Function}";
            if (name is "math.greatest" or "math.least")
                return CheckExtreme(call, name);
            var (host, library) = names.FindFunctions(name, path.IsAbsolute);
            if (host.Length + library.Length > 0)
                return Resolve(call, name, null, host, library);
        }
        if (call.Target is null)
            return CheckFunction(call);
        var target = Check(call.Target);
        if (call.Function == "sum" && call.Arguments.Count == 0)
            return CheckSum(call, target);
        var methods = target is CelObjectType record
            ? record.Methods.Where(method => method.Name == call.Function).ToArray()
            : [];
        var members = CelLibrary.Find(call.Function, isMember: true);
        if (methods.Length + members.Length > 0)
            return Resolve(call, call.Function, call.Target, methods, members);
        CheckArguments(call);
        var known = target is CelObjectType declared ? declared.MethodNames : CelLibrary.MethodNames;
        return Unknown(call, known);
    }

    private CelType CheckFunction(CelCall call)
    {
        if (call.Arguments.Count == 1 && call.Function is "dyn" or "type")
        {
            CheckArguments(call);
            return call.Function == "dyn" ? CelType.Dyn : CelType.Type;
        }
        var (host, library) = names.FindFunctions(call.Function);
        if (host.Length + library.Length > 0)
            return Resolve(call, call.Function, null, host, library);
        CheckArguments(call);
        return Unknown(call, names.FunctionNames);
    }

    private CelType Unknown(CelCall call, IEnumerable<string> known)
    {
        Report(call.Span, CelCodes.UnknownFunction, [call.Function], CelSuggestion.For(call.Function, known));
        call.Plan = new CelCallPlan.Fails(CelCodes.UnknownFunction, [call.Function]);
        return CelType.Dyn;
    }

    private CelType Resolve(
        CelCall call, string name, CelNode? receiver, CelHostFunction[] host, CelOverload[] library)
    {
        CheckArguments(call);
        IReadOnlyList<CelNode> all = receiver is null ? call.Arguments : [receiver, .. call.Arguments];
        foreach (var function in host.Where(each => each.Parameters.Length == call.Arguments.Count))
        {
            if (Misfit(call.Arguments, function.Parameters) is null)
                return ResolveHost(call, function, receiver);
        }
        var sameCount = library.Where(each => each.Parameters.Length == all.Count).ToArray();
        var hostCount = host.Count(each => each.Parameters.Length == call.Arguments.Count);
        if (sameCount.Length + hostCount == 0)
            return Fail(call, CelCodes.WrongArguments, [name, $"{call.Arguments.Count}"], host, library);
        var ranked = sameCount
            .Select(each =>
                (Overload: each, Rank: Misfit(all, each.Parameters, each.Widens) is null ? Rank(all, each)
                    : -1))
            .Where(each => each.Rank >= 0)
            .OrderBy(each => each.Rank)
            .Select(each => each.Overload)
            .ToArray();
        if (ranked.Length == 0)
            return Fail(call, CelCodes.NoOverload, [name, string.Join(", ", all.Select(each => each.Type))],
                host, library);
        return ResolveLibrary(call, all, ranked);
    }

    private CelType ResolveLibrary(CelCall call, IReadOnlyList<CelNode> all, CelOverload[] ranked)
    {
        var isOpen = all.Any(argument => argument.Type.Kind == CelTypeKind.Dyn) && ranked.Length > 1;
        var chosen = isOpen ? ranked : ranked[..1];
        for (var i = 0; i < all.Count && !isOpen; i++)
        {
            if (chosen[0].Parameters[i].Kind == CelTypeKind.Decimal)
                TryAdapt(all[i]);
        }
        call.Plan = new CelCallPlan.Library(all, chosen);
        var pattern = chosen.Length == 1 && chosen[0].Name == "matches" ? all[1] as CelLiteral : null;
        if (pattern is not null && !CelRegex.TryBuild(pattern.Value.AsString, out _, out var problem))
            Report(pattern.Span, CelCodes.BadRegex, [problem]);
        return chosen.Select(each => each.Result).Aggregate(CelTypeRelation.Join);
    }

    private CelType ResolveHost(CelCall call, CelHostFunction function, CelNode? receiver)
    {
        var plan = new CelCallPlan.Host(function, receiver, call.Arguments);
        call.Plan = plan;
        if (function.Literals.Length == 0)
        {
            for (var i = 0; i < call.Arguments.Count; i++)
            {
                if (function.Parameters[i].Kind == CelTypeKind.Decimal)
                    TryAdapt(call.Arguments[i]);
            }
            return function.Result;
        }
        return ResolveLiterals(call, function, plan);
    }

    private CelType ResolveLiterals(CelCall call, CelHostFunction function, CelCallPlan.Host plan)
    {
        var values = new object?[function.Literals.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (call.Arguments[i] is not CelLiteral { Value.Kind: CelKind.String } literal)
                return FailLiteral(call, call.Arguments[i].Span, CelCodes.LiteralWanted, [call.Function]);
            var (value, problem) = function.Literals[i](literal.Value.AsString);
            if (problem is not null)
                return FailLiteral(
                    call, literal.Span, CelCodes.BadLiteral, [literal.Value.AsString, problem]);
            values[i] = value;
        }

        call.Plan = plan with { Literals = values };
        return function.Result;
    }

    private CelType FailLiteral(CelCall call, CelSpan at, string code, string[] args)
    {
        Report(at, code, args);
        call.Plan = new CelCallPlan.Fails(code, args);
        return CelType.Dyn;
    }

    private CelType Fail(
        CelCall call, string code, string[] args, CelHostFunction[] host, CelOverload[] library)
    {
        call.Plan = new CelCallPlan.Fails(code, args);
        var takes = library.Select(each => each.ToString()).Concat(
            host.Select(each => $"{each.Name}({string.Join(", ", (object[])each.Parameters)})"));
        var hint = string.Join("; ", takes);
        ReportWithHint(call.Span, code, args, hint.Length > 0 ? CelCodes.HintTakes : null, hint);
        return CelType.Dyn;
    }

    private CelType CheckSum(CelCall call, CelType target)
    {
        call.Plan = new CelCallPlan.Sum(call.Target!);
        var item = target.Kind == CelTypeKind.List ? target.Parameters[0] : target;
        var isSummable = target.Kind is CelTypeKind.List or CelTypeKind.Dyn
            && (item.IsNumber || item.Kind is CelTypeKind.Dyn or CelTypeKind.Duration);
        return isSummable ? item : Fail(call, CelCodes.NoOverload, ["sum", $"{target}"], [], []);
    }

    private CelType CheckExtreme(CelCall call, string name)
    {
        CheckArguments(call);
        call.Plan = new CelCallPlan.Extreme(call.Arguments, name == "math.greatest");
        var single = call.Arguments.Count == 1 ? call.Arguments[0].Type : null;
        if (single?.Kind is CelTypeKind.List
            && (single.Parameters[0].IsNumber || single.Parameters[0].Kind == CelTypeKind.Dyn))
            return single.Parameters[0];
        if (call.Arguments.Count == 0)
            return Fail(call, CelCodes.WrongArguments, [name, "0"], [], []);
        if (call.Arguments.Any(each => !each.Type.IsNumber && each.Type.Kind != CelTypeKind.Dyn))
            return Fail(call, CelCodes.NoOverload,
                [name, string.Join(", ", call.Arguments.Select(each => each.Type))], [], []);
        if (call.Arguments.Any(each => each.Type.Kind == CelTypeKind.Decimal))
        {
            foreach (var argument in call.Arguments.Where(each => each.Type.Kind == CelTypeKind.Double))
            {
                if (!TryAdapt(argument))
                    ReportDouble(call, argument);
            }
            return call.Arguments.All(each => each.Type.WidensToDecimal()) ? CelType.Decimal : CelType.Dyn;
        }
        return call.Arguments.Select(each => each.Type).Aggregate(CelTypeRelation.Join);
    }

    private void CheckArguments(CelCall call)
    {
        foreach (var argument in call.Arguments)
            Check(argument);
    }

    /// <summary>The first argument that does not fit; null when all do.</summary>
    private static CelNode? Misfit(IReadOnlyList<CelNode> arguments, CelType[] parameters, bool widens = true)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var fits = arguments[i].Type.Fits(parameters[i]) || parameters[i].Kind == CelTypeKind.Decimal
                && widens
                && (arguments[i].Type.WidensToDecimal() || IsAdaptable(arguments[i]));
            if (!fits)
                return arguments[i];
        }
        return null;
    }

    /// <summary>Lower is nearer: exact types before dyn before a widening to decimal.</summary>
    private static int Rank(IReadOnlyList<CelNode> arguments, CelOverload overload)
    {
        var rank = 0;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].Type.Kind != overload.Parameters[i].Kind)
                rank += overload.Parameters[i].Kind == CelTypeKind.Decimal ? 2 : 1;
        }
        return rank;
    }
}
