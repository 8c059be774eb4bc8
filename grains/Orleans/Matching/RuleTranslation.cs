using System.Linq.Expressions;
using MallVip.Rules.Programmes;
using NRules.RuleModel;
using NRules.RuleModel.Builders;

namespace MallVip.Grains.Orleans.Matching;

/// <summary>
/// Says a rule in NRules' canonical model. Tests that rules share are the same objects, so that NRules sees
/// that they are the same and asks them once.
/// </summary>
internal static class RuleTranslation
{
    private const string Fact = "trial";

    public static IRuleDefinition Of(MatchableRule rule)
    {
        var builder = new RuleBuilder();
        builder.Name(rule.Rule.Ref.Rule);
        var pattern = builder.LeftHandSide().Pattern(typeof(Trial), Fact);
        foreach (var test in rule.Tests)
            pattern.Condition(Asking(test));
        builder.RightHandSide().Action(Firing(rule));
        return builder.Build();
    }

    private static Expression<Func<Trial, bool>> Asking(MatchableTest test)
    {
        var trial = Expression.Parameter(typeof(Trial), Fact);
        return Expression.Lambda<Func<Trial, bool>>(
            Expression.Call(trial, nameof(Trial.MayHold), null, Expression.Constant(test)), trial);
    }

    private static Expression<Action<IContext, Trial>> Firing(MatchableRule rule)
    {
        var (context, trial) = (Expression.Parameter(typeof(IContext), "context"),
            Expression.Parameter(typeof(Trial), Fact));
        return Expression.Lambda<Action<IContext, Trial>>(
            Expression.Call(trial, nameof(Trial.Fire), null, Expression.Constant(rule)), context, trial);
    }
}
