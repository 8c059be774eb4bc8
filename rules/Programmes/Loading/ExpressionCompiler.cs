using MallVip.Rules.Cel;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Vocabulary;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>
/// Compiles the expressions of files; what is wrong with one is found at its place in the file.
/// </summary>
internal sealed class ExpressionCompiler(RuleLanguage language, Findings findings)
{
    /// <summary>Null: it is wrong, and the findings say how.</summary>
    public CelExpression<EvalContext>? Compile(string eventType, YamlScalar source, CelType expected)
    {
        var compilation = language.Compile(eventType, source.Value, expected);
        foreach (var diagnostic in compilation.Diagnostics)
            findings.Add(ToFinding(source, diagnostic));
        return compilation.Diagnostics.Count == 0 ? compilation.Expression : null;
    }

    private Diagnostic ToFinding(YamlScalar source, CelDiagnostic found)
    {
        var place = source.Locate(found.Line, found.Column);
        if (string.Equals(found.Code, CelCodes.BadLiteral, StringComparison.Ordinal) &&
            found.Args is [var text, var problem])
            return OfLiteral(place, text, problem);
        return new(found.Code, place, [.. found.Args])
        {
            HintCode = found.HintCode,
            HintArgs = [.. found.HintArgs],
        };
    }

    // The vocabularies name the problem with a literal by a code of the texts.
    private Diagnostic OfLiteral(Place place, string text, string problem)
    {
        var finding = new Diagnostic(problem, place, [text]);
        var near = problem switch
        {
            MemberVocabulary.UnknownWallet =>
                Nearest.To(text, language.Declared.Wallets.Select(wallet => wallet.Id)),
            MemberVocabulary.UnknownTag =>
                Nearest.To(text, language.Declared.Tags.Keys.Order(StringComparer.Ordinal)),
            MemberVocabulary.UnknownAchievement =>
                Nearest.To(text, language.Declared.Achievements.Select(one => one.Achievement.Id)),
            LocalTime.UnknownCalendar =>
                Nearest.To(text, language.Declared.Calendars.Keys.Order(StringComparer.Ordinal)),
            _ => null,
        };
        return near is null ? finding : finding with { HintCode = "HINT_DID_YOU_MEAN", HintArgs = [near] };
    }
}
