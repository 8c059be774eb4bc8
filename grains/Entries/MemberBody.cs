using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Grains.Entries;

/// <summary>Reads the bodies of members' entries for commands that go through a whole journal.</summary>
internal static class MemberBody
{
    /// <exception cref="JournalDamagedException">The body is of no version that this build reads.</exception>
    public static EntryBody Read(JournalEntry entry) => Read(entry, JournalJson.ReadBody);

    /// <summary>The command and the facts alone.</summary>
    /// <inheritdoc cref="Read(JournalEntry)"/>
    public static (MemberCommand Command, ImmutableArray<Fact> Facts) ReadDecision(JournalEntry entry) =>
        Read(entry, JournalJson.ReadDecision);

    /// <inheritdoc cref="ReadDecision(JournalEntry)"/>
    public static (MemberCommand Command, ImmutableArray<Fact> Facts) ReadDecision(
        GrainKey grain, in DecidedRow row)
    {
        try
        {
            return JournalJson.ReadDecision(row.Body);
        }
        catch (Exception failure) when (failure is JsonException or NewerVersionException)
        {
            throw Damaged(grain, row.Seq, failure);
        }
    }

    private static T Read<T>(JournalEntry entry, Func<ReadOnlySpan<byte>, T> read)
    {
        try
        {
            return read(entry.Body.Span);
        }
        catch (Exception failure) when (failure is JsonException or NewerVersionException)
        {
            throw Damaged(entry.Grain, entry.Seq, failure);
        }
    }

    private static JournalDamagedException Damaged(GrainKey grain, long seq, Exception failure) =>
        new($"{grain} {seq} cannot be read: {failure.Message}", failure);
}
