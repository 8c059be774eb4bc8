using MallVip.Rules.Members;

namespace MallVip.Rules.Journaling;

/// <summary>
/// A state kept to spare the fold from the first entry on. It may be thrown away at any time: one with
/// another schema is, and the journal is folded again.
/// </summary>
public static class MemberSnapshot
{
    /// <summary>Raised with every change of <see cref="MemberState"/>'s stored form or of the fold.</summary>
    public const int Schema = 7;

    public static byte[] Write(MemberState state) => JournalJson.Write(state);

    /// <summary>The state; null: written under another schema.</summary>
    /// <exception cref="System.Text.Json.JsonException">The bytes are no snapshot.</exception>
    public static MemberState? Read(int schema, ReadOnlySpan<byte> bytes) =>
        schema == Schema ? JournalJson.ReadState(bytes) : null;
}
