using System.Security.Cryptography;

namespace MallVip.Grains.Journal;

/// <summary>The 32 secret bytes under which personal data becomes pseudonyms. Losing them loses every
/// identity.</summary>
public sealed class ServerKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    /// <summary>The file beside a SQLite journal.</summary>
    public const string FileName = "server.key";

    private ServerKey(byte[] bytes)
    {
        Bytes = bytes;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(bytes, "mallvip server key"u8, mac);
        Fingerprint = Convert.ToHexStringLower(mac[..16]);
    }

    /// <summary>32 hexadecimal digits that tell keys apart and give nothing of the key away.</summary>
    public string Fingerprint { get; }

    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The key of 64 hexadecimal digits, as it stands in the file and in configuration.</summary>
    /// <exception cref="ServerKeyException">The text is no key.</exception>
    public static ServerKey FromText(string text)
    {
        var digits = text.Trim();
        if (digits.Length != 2 * Size || !digits.All(char.IsAsciiHexDigit))
            throw new ServerKeyException("A server key has 64 hexadecimal digits.");
        return new ServerKey(Convert.FromHexString(digits));
    }

    /// <summary>A key of 32 bytes.</summary>
    /// <exception cref="ServerKeyException">There are not 32.</exception>
    public static ServerKey FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new ServerKey(bytes.ToArray())
        : throw new ServerKeyException("A server key has 32 bytes.");

    /// <summary>Reads the key beside a journal; null when there is none.</summary>
    /// <exception cref="ServerKeyException">The file is there and cannot be read, or holds no
    /// key.</exception>
    public static ServerKey? Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            return FromText(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServerKeyException($"{path} cannot be read: {e.Message}", e);
        }
        catch (ServerKeyException e)
        {
            throw new ServerKeyException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Draws a new key and writes it beside a journal, readable by its owner only (0600), synced
    /// before the journal holds its first entry. A file that is there already is never overwritten.</summary>
    public static ServerKey Create(string directory)
    {
        var key = new ServerKey(RandomNumberGenerator.GetBytes(Size));
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(Path.Combine(directory, FileName), options);
        using var text = new StreamWriter(file);
        text.WriteLine(Convert.ToHexStringLower(key.Bytes.Span));
        text.Flush();
        file.Flush(flushToDisk: true);
        return key;
    }
}
