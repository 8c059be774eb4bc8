using System.Text.Json;
using MallVip.Grains.Journal;
using MallVip.Rules.Journaling;

namespace MallVip.Grains.Entries;

/// <summary>Reads the bodies of members' entries for commands that go through a whole journal.</summary>
internal static class MemberBody
{
    /// <exception cref="JournalDamagedException">The body is of no version that this build reads.</exception>
    public static EntryBody Read(JournalEntry entry)
    {
        try
        {
            return JournalJson.ReadBody(entry.Body.Span);
        }
        catch (Exception failure) when (failure is JsonException or NewerVersionException)
        {
            throw new JournalDamagedException(
                $"{entry.Grain} {entry.Seq} cannot be read: {failure.Message}", failure);
        }
    }
}
