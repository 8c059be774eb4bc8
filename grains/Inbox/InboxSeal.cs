using System.Buffers.Binary;
using System.Security.Cryptography;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Inbox;

/// <summary>
/// Seals events for the time that they wait, since they hold phones and plates in clear: AES-256-GCM under a
/// key that HKDF-SHA-256 (RFC 5869) derives from the server key and a salt of this process. Numbers count up
/// as nonces, so that none is used twice under a key. A sealed event is bound to the row's key. Thread-safe.
/// </summary>
internal sealed class InboxSeal : IDisposable
{
    private const int SaltSize = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Overhead = SaltSize + NonceSize + TagSize;

    private readonly Lock _gate = new();
    private readonly ServerKey _key;
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(SaltSize);
    private readonly AesGcm _own;
    private (byte[] Salt, AesGcm Cipher)? _other;
    private long _sealed;

    public InboxSeal(ServerKey key)
    {
        _key = key;
        _own = CipherOf(_salt);
    }

    public byte[] Seal(EventKey row, ReadOnlySpan<byte> cloudEvent)
    {
        Span<byte> bound = stackalloc byte[EventKey.Size];
        row.Write(bound);
        var bytes = new byte[Overhead + cloudEvent.Length];
        _salt.CopyTo(bytes, 0);
        var nonce = bytes.AsSpan(SaltSize, NonceSize);
        BinaryPrimitives.WriteInt64BigEndian(nonce[^sizeof(long)..], Interlocked.Increment(ref _sealed));
        var tag = bytes.AsSpan(SaltSize + NonceSize, TagSize);
        lock (_gate)
            _own.Encrypt(nonce, cloudEvent, bytes.AsSpan(Overhead), tag, bound);
        return bytes;
    }

    /// <exception cref="JournalDamagedException">It was sealed under another key, or has been
    /// changed.</exception>
    public byte[] Open(EventKey row, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Overhead)
            throw new JournalDamagedException("A row of the inbox is too short.");
        Span<byte> bound = stackalloc byte[EventKey.Size];
        row.Write(bound);
        var cloudEvent = new byte[bytes.Length - Overhead];
        try
        {
            lock (_gate)
                CipherFor_NeedsLock(bytes[..SaltSize]).Decrypt(
                    bytes.Slice(SaltSize, NonceSize), bytes[Overhead..],
                    bytes.Slice(SaltSize + NonceSize, TagSize), cloudEvent, bound);
            return cloudEvent;
        }
        catch (AuthenticationTagMismatchException changed)
        {
            throw new JournalDamagedException("A row of the inbox cannot be unsealed.", changed);
        }
    }

    public void Dispose()
    {
        _own.Dispose();
        _other?.Cipher.Dispose();
    }

    /// <summary>Rows of an earlier process stand together, so one cipher besides the own one is enough.
    /// </summary>
    private AesGcm CipherFor_NeedsLock(ReadOnlySpan<byte> salt)
    {
        if (salt.SequenceEqual(_salt))
            return _own;
        if (_other is { } known && salt.SequenceEqual(known.Salt))
            return known.Cipher;
        _other?.Cipher.Dispose();
        var bytes = salt.ToArray();
        var cipher = CipherOf(bytes);
        _other = (bytes, cipher);
        return cipher;
    }

    private AesGcm CipherOf(byte[] salt)
    {
        Span<byte> key = stackalloc byte[ServerKey.Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Bytes.Span, key, salt, "mallvip inbox"u8);
        return new AesGcm(key, TagSize);
    }
}
