using System.Collections.Concurrent;
using System.Text.Json;

namespace MallVip.Rules.Journaling;

/// <summary>
/// One string for each id that a journal was read to hold, found by its bytes: the runtime's own table of
/// strings stands behind one lock of the process and wants the string first. It grows with what programmes
/// name and with tags.
/// </summary>
internal static class NameTable
{
    private const int Longest = 128;

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The string at which the reader stands; null for JSON's null.</summary>
    /// <exception cref="InvalidOperationException">Neither a string nor null.</exception>
    public static string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence
            || reader.ValueSpan.Length > Longest)
            return reader.GetString();
        Span<char> text = stackalloc char[Longest];
        ReadOnlySpan<char> name = text[..reader.CopyString(text)];
        return BySpan.TryGetValue(name, out var known)
            ? known : Known.GetOrAdd(name.ToString(), static it => it);
    }
}
