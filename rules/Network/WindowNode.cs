using System.Globalization;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>An active window that one or many rules have.</summary>
internal sealed class WindowNode(int slot, ActiveWindow window) : TestNode(slot, TextOf(window))
{
    /// <summary>Equal windows have equal text.</summary>
    public static string TextOf(ActiveWindow window)
    {
        var days = window.Days.IsDefaultOrEmpty ? "" : string.Join(',', window.Days.Order());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{window.From:O}..{window.To:O} {days} {window.Start:HH:mm}-{window.End:HH:mm}").Trim();
    }

    protected override Outcome Ask(Evaluation evaluation) =>
        evaluation.SetOutcome(Slot, window.Covers(evaluation.Context.Local) ? Outcome.True : Outcome.False);
}
