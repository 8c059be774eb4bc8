using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Rules.Journaling;

namespace MallVip.System.Tests.Engine;

/// <summary>An outcome as text, so that two answers can be compared by what they say.</summary>
internal static class Outcomes
{
    public static string Text(EventAnswer answer) => Text(answer.Outcome);

    public static string Text(DeskAnswer answer) => Text(answer.Answer?.Outcome);

    public static string Text(Outcome? outcome) => outcome is null ? "none" : string.Join(
        ' ',
        outcome.Lines.Select(line => $"{line.Rule}={line.Points}/{line.Wallet}#{line.Lot}")
            .Concat(outcome.Wallets.Select(after => $"{after.Wallet}:{after.Balance}+{after.Pending}"))
            .Concat(outcome.Spent.Select(spent => $"-{spent.Points}/{spent.Wallet}"))
            .Concat(outcome.Reversed.Select(back => $"~{back.Points}/{back.Wallet}"))
            .Append($"{outcome.TierBefore}>{outcome.TierAfter}"));
}
