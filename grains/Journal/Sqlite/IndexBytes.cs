using System.Security.Cryptography;

namespace MallVip.Grains.Journal;

/// <summary>
/// Bytes in <c>index.db</c> that prove that they are those written: SQLite notices a broken page structure,
/// not a changed byte, and a wrong head, key or state would be believed for ever.
/// </summary>
internal static class IndexBytes
{
    /// <summary>Bytes of the check in front: the first of a SHA-256.</summary>
    public const int CheckSize = 8;

    public static byte[] WithCheck(ReadOnlySpan<byte> bytes)
    {
        var stored = new byte[CheckSize + bytes.Length];
        bytes.CopyTo(stored.AsSpan(CheckSize));
        Check(stored);
        return stored;
    }

    /// <summary>Writes the check in front of bytes that have left <see cref="CheckSize"/> for it.</summary>
    public static void Check(Span<byte> stored) => Check(stored[CheckSize..], stored);

    /// <summary>The bytes behind their check.</summary>
    /// <param name="stored">What the file holds.</param>
    /// <param name="what">For the message: "A page of heads".</param>
    /// <exception cref="JournalDamagedException">They are not the ones written.</exception>
    public static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> stored, string what)
    {
        var bytes = stored.Length < CheckSize ? default : stored[CheckSize..];
        Span<byte> check = stackalloc byte[CheckSize];
        Check(bytes, check);
        return stored.StartsWith(check)
            ? bytes
            : throw new JournalDamagedException($"{what} is not the one that was written.");
    }

    private static void Check(ReadOnlySpan<byte> bytes, Span<byte> check)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        hash[..CheckSize].CopyTo(check);
    }
}
