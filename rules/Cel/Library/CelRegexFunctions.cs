using System.Text.RegularExpressions;

namespace MallVip.Rules.Cel;

/// <summary>matches(), in time linear in the text.</summary>
internal static class CelRegexFunctions
{
    private const int PatternSteps = 500;
    private const int TextStepsPerCharacter = 1;

    [CelFunction("matches"), CelFunction("matches", IsMember = true)]
    public static bool Matches(ref CelState state, string text, string pattern)
    {
        if (!state.Spend(PatternSteps + pattern.Length))
            return false;
        if (CelRegex.TryBuild(pattern, out var regex, out var problem))
            return MatchesBuilt(ref state, text, regex);
        state.Fail(CelCodes.BadRegex, problem);
        return false;
    }

    /// <summary>With a pattern that was a literal and is compiled already.</summary>
    public static bool MatchesBuilt(ref CelState state, string text, Regex regex) =>
        state.Spend(1 + (long)text.Length * TextStepsPerCharacter) && regex.IsMatch(text);
}
