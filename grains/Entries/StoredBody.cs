using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Entries;

/// <summary>The body of an entry that names the version of its format.</summary>
public interface IStoredBody
{
    /// <summary>The format's version.</summary>
    int V { get; }
}

/// <summary>Reads the bodies of grains other than members.</summary>
internal static class StoredBody
{
    /// <summary>The one version that this build reads and writes.</summary>
    public const int Version = 1;

    /// <param name="whose">Whose entry it is, for the message: <c>A budget's</c>.</param>
    /// <exception cref="JournalDamagedException">The body is of no version that this build reads.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, string whose)
        where T : class, IStoredBody
    {
        try
        {
            var body = JsonSerializer.Deserialize(json.Span, type);
            return body is { V: Version }
                ? body
                : throw new JournalDamagedException(
                    $"{whose} entry has version {body?.V}; this build reads {Version}.");
        }
        catch (JsonException unreadable)
        {
            throw new JournalDamagedException($"{whose} entry cannot be read.", unreadable);
        }
    }
}
