using System.Collections.Immutable;
using MallVip.Rules.Cel;
using MallVip.Rules.Checking;
using MallVip.Rules.Network;
using MallVip.Rules.Programmes.Meaning;
using MallVip.Rules.Programmes.Vocabulary;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Compiles draft rules and tier conditions.</summary>
internal sealed class RuleCompiler(RuleLanguage language, Findings findings)
{
    private readonly ExpressionCompiler _expressions = new(language, findings);
    private readonly ConditionSense _sense = new(language.Declared, findings);

    /// <summary>Null: an expression is wrong, or the condition can never hold.</summary>
    public CompiledRule? Compile(DraftRule draft)
    {
        if (!Known(draft.Rule.On))
            return null;
        var when = draft.When is null ? null : _expressions.Compile(draft.Rule.On, draft.When, CelType.Bool);
        var amount = draft.Amount is null ? null
            : _expressions.Compile(draft.Rule.On, draft.Amount, CelType.Decimal);
        var values = draft.Values.Select(value => Compile(draft.Rule.On, value)).OfType<NamedValue>()
            .ToArray();
        var until = draft.Until is null ? null
            : _expressions.Compile(RuleLanguage.MemberConditions, draft.Until, CelType.Bool);
        if ((draft.Until is not null && until is null) || (draft.When is not null && when is null) ||
            (draft.Amount is not null && amount is null) ||
            values.Length < draft.Values.Count)
            return null;
        var constant = when?.Constant is { Kind: CelKind.Bool } value ? value.AsBool : (bool?)null;
        if (constant is false)
        {
            findings.Warning(draft.When!.Place, "RULE_NEVER_HOLDS", draft.Id.Value);
            return null;
        }

        if (constant is true)
            findings.Warning(draft.When!.Place, "RULE_ALWAYS_HOLDS", draft.Id.Value);
        ImmutableArray<CelConjunct<EvalContext>> conjuncts =
            constant is true || when is null ? [] : [.. when.Conjuncts];
        _sense.Check(draft, conjuncts);
        var rule = draft.Rule with
        {
            Values = [.. values],
            Until = until is null ? null : new MemberCondition(until),
        };
        return new(rule, conjuncts, amount, draft.Amount?.Value ?? "");
    }

    private NamedValue? Compile(string eventType, DraftValue draft)
    {
        if (_expressions.Compile(eventType, draft.Source, TypeOf(draft.Field?.Type)) is not { } expression)
            return null;
        if (!ExpressionValue.CanKeep(expression.Type))
        {
            findings.Error(draft.Source.Place, "EFFECT_DATA_TYPE", draft.Name, $"{expression.Type}");
            return null;
        }

        expression.Prepare();
        var value = new ExpressionValue(expression, draft.Field?.Type);
        if (draft.Field is { } field && value.Constant is { } always && !field.Allows(always))
            findings.Unknown(
                draft.Source.Place, "ATTRIBUTE_VALUE", Events.FieldText.Of(always), field.Choices);
        return new(draft.Name, value);
    }

    private static CelType TypeOf(FieldType? type) => type switch
    {
        null => CelType.Dyn,
        FieldType.Text or FieldType.Date => CelType.String,
        FieldType.Number => CelType.Decimal,
        FieldType.Flag => CelType.Bool,
        FieldType.Moment => CelType.Timestamp,
        _ => throw new InvalidOperationException($"No field type {type}."),
    };

    public ImmutableArray<Tier> CompileTiers()
    {
        var tiers = ImmutableArray.CreateBuilder<Tier>();
        foreach (var declared in language.Declared.Tiers)
        {
            tiers.Add(new(
                declared.Id, declared.Name, tiers.Count, Condition(declared.When), declared.Validity)
            {
                Line = declared.When?.Place.Line ?? 0,
                Keep = Condition(declared.Keep),
                KeepLine = declared.Keep?.Place.Line ?? 0,
                GraceDays = declared.GraceDays,
                Downgrade = declared.Downgrade,
                OnReturn = declared.OnReturn,
            });
        }

        return tiers.ToImmutable();
    }

    public ImmutableArray<Achievement> CompileAchievements() =>
    [
        .. language.Declared.Achievements.Select(declared => declared.Achievement with
        {
            When = declared.When is { } when
                && _expressions.Compile(declared.Achievement.On, when, CelType.Bool) is { } condition
                ? new MemberCondition(condition)
                : null,
            Amount = declared.Amount is { } amount
                && _expressions.Compile(declared.Achievement.On, amount, CelType.Decimal) is { } value
                ? new ExpressionValue(value, FieldType.Number)
                : null,
        }),
    ];

    private MemberCondition? Condition(Yaml.YamlScalar? source) =>
        source is not null
        && _expressions.Compile(RuleLanguage.MemberConditions, source, CelType.Bool) is { } expression
            ? new(expression)
            : null;

    // An unknown event type has its finding already; its expressions would only repeat it.
    private bool Known(string eventType) => KnownEvents.CanBeAwaited(eventType, language.Declared);
}
