using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Reports;

/// <summary>Adds a journal up, entry by entry. Members of test keys never come here.</summary>
internal interface IReport
{
    /// <summary>A member's entry, in the order of the journal.</summary>
    void Visit(in MemberEntry entry);

    /// <summary>An entry of an identity.</summary>
    void VisitIdentity(JournalEntry entry)
    {
    }

    ReportTable Finish();
}

/// <summary>A member's entry.</summary>
/// <param name="Programme">What decided it.</param>
internal readonly record struct MemberEntry(
    MemberId Member, JournalEntry Entry, EntryBody Body, Programme Programme)
{
    public ImmutableArray<Fact> Facts => Body.Facts;

    /// <summary>The day on which it was decided, on the programme's clock.</summary>
    public DateOnly Day => DayIn(null);

    /// <summary>The day on which it was decided, on a mall's clock; null or unknown: the
    /// programme's.</summary>
    public DateOnly DayIn(string? mall) => DayOf(Programme, mall, Entry.At);

    /// <summary>An instant's day on a mall's clock; null or unknown: the programme's.</summary>
    public static DateOnly DayOf(Programme programme, string? mall, DateTimeOffset at)
    {
        var zone = mall is not null && programme.Malls.TryGetValue(mall, out var found)
            ? found.Zone
            : programme.Zone;
        return DateOnly.FromDateTime(ZoneTime.Local(at, zone));
    }
}
