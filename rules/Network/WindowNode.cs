using System.Collections.Immutable;
using System.Globalization;
using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;
using Calendar = MallVip.Rules.Programmes.Calendar;

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
            $"{window.From:O}..{window.To:O} {days} {window.Start:HH:mm}-{window.End:HH:mm}").Trim() +
            TextOf(" on ", window.Calendars) + TextOf(" not on ", window.Except);
    }

    private static string TextOf(string word, ImmutableArray<Calendar> calendars) =>
        calendars.IsEmpty ? "" : word + string.Join(',', calendars.Select(calendar => calendar.Id));

    public override Outcome Ask(EvalContext context, out CelError? fault)
    {
        fault = null;
        return window.Covers(context.Local) ? Outcome.True : Outcome.False;
    }
}
