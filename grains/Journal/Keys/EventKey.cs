using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MallVip.Grains.Journal;

/// <summary>
/// The idempotency key of an event or a command: the first 128 bits of SHA-256 over (scope, 0, source, 0, id)
/// in UTF-8. Two things with one key are one thing, whatever member they reach, for ever.
/// </summary>
[GenerateSerializer, Immutable]
public readonly record struct EventKey([property: Id(0)] UInt128 Value) : IComparable<EventKey>
{
    /// <summary>Bytes of the binary form.</summary>
    public const int Size = 16;

    /// <summary>No key: a timer's entry, which nobody sends twice.</summary>
    public static readonly EventKey None;

    /// <summary>True for <see cref="None"/>.</summary>
    public bool IsNone => Value == UInt128.Zero;

    /// <summary>The key of an event by its CloudEvents source and id.</summary>
    public static EventKey ForEvent(string source, string id) => Of("event", source, id);

    /// <summary>The key of a command by the API key's id and its Idempotency-Key.</summary>
    public static EventKey ForCommand(string apiKeyId, string idempotencyKey) =>
        Of("command", apiKeyId, idempotencyKey);

    /// <summary>The key under which a purchase is found by its store and receipt number.</summary>
    public static EventKey ForReceipt(string store, string receipt) => Of("receipt", store, receipt);

    /// <summary>The key of (scope, source, id). A NUL in any of them is refused: it would join two keys into
    /// one.</summary>
    /// <exception cref="ArgumentException">A part holds a NUL character.</exception>
    public static EventKey Of(string scope, string source, string id)
    {
        RefuseNul(scope, nameof(scope));
        RefuseNul(source, nameof(source));
        RefuseNul(id, nameof(id));
        var size = Encoding.UTF8.GetMaxByteCount(scope.Length + source.Length + id.Length + 2);
        var bytes = size <= 512 ? stackalloc byte[size] : new byte[size];
        var length = Encoding.UTF8.GetBytes(scope, bytes);
        bytes[length++] = 0;
        length += Encoding.UTF8.GetBytes(source, bytes[length..]);
        bytes[length++] = 0;
        length += Encoding.UTF8.GetBytes(id, bytes[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return Read(hash);
    }

    /// <summary>Reads the binary form (big-endian) from the first 16 bytes.</summary>
    public static EventKey Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Writes the binary form into the first 16 bytes.</summary>
    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);

    /// <summary>The binary form in an array of its own.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>The value is a hash already.</summary>
    public override int GetHashCode() => unchecked((int)(ulong)Value);

    public int CompareTo(EventKey other) => Value.CompareTo(other.Value);

    public static bool operator <(EventKey left, EventKey right) => left.Value < right.Value;

    public static bool operator >(EventKey left, EventKey right) => left.Value > right.Value;

    public static bool operator <=(EventKey left, EventKey right) => left.Value <= right.Value;

    public static bool operator >=(EventKey left, EventKey right) => left.Value >= right.Value;

    private static void RefuseNul(string part, string name)
    {
        if (part.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A key's part holds a NUL character.", name);
    }
}
