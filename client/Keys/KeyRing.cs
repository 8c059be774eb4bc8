using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MallVip.Rules.Deciding;

namespace MallVip.Client.Keys;

/// <summary>The configured keys, checked and ready to be compared.</summary>
public sealed class KeyRing
{
    /// <summary>The longest key that is looked at, in characters.</summary>
    public const int MaxKeyLength = 512;

    private readonly ImmutableArray<(byte[] Hash, Caller Caller)> _keys;

    /// <summary>Takes keys that <see cref="Examine"/> finds nothing wrong with.</summary>
    public KeyRing(IReadOnlyList<ApiKeyOptions> keys) =>
        _keys = Examine(keys).IsEmpty ? [.. keys.Select(Ready)] : [];

    /// <summary>True: nobody needs a key, and only this machine is served.</summary>
    public bool IsEmpty => _keys.IsEmpty;

    /// <summary>Every mistake in the configured keys, one sentence each.</summary>
    public static ImmutableArray<string> Examine(IReadOnlyList<ApiKeyOptions> keys)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++)
        {
            var key = keys[i];
            var place = key.Name.Length == 0 ? $"API key number {i + 1}" : $"API key '{key.Name}'";
            if (!IsName(key.Name))
                faults.Add($"{place}: the name must be 1 to 64 of A-Z a-z 0-9 . _ -.");
            else if (Operators.Reserved.Contains(key.Name))
                faults.Add($"{place}: the name is reserved; choose another.");
            if (!names.Add(key.Name))
                faults.Add($"{place}: the name is used twice.");
            if (key.Hash.Length != 64 || !key.Hash.All(char.IsAsciiHexDigit))
                faults.Add($"{place}: the hash must be SHA-256 in 64 hex digits ('mallvip key' prints one).");
            if (key.Scopes.Length == 0)
                faults.Add($"{place}: it has no scopes; give at least one of read, write, operate.");
            foreach (var scope in key.Scopes.Where(scope => ToScope(scope) == Scopes.None))
                faults.Add($"{place}: the scope '{scope}' is not one of read, write, operate.");
        }

        return faults.ToImmutable();
    }

    /// <summary>
    /// Whose key this is; null: nobody's. Takes the same time whichever key matches, and every key is
    /// compared.
    /// </summary>
    public Caller? Find(string key)
    {
        if (key.Length is 0 or > MaxKeyLength)
            return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        Caller? found = null;
        foreach (var (known, caller) in _keys)
            if (CryptographicOperations.FixedTimeEquals(hash, known))
                found = caller;
        return found;
    }

    private static (byte[] Hash, Caller Caller) Ready(ApiKeyOptions key)
    {
        var scopes = key.Scopes.Aggregate(Scopes.None, (all, scope) => all | ToScope(scope));
        return (Convert.FromHexString(key.Hash), new Caller(key.Name, scopes, key.Test));
    }

    private static Scopes ToScope(string scope) => scope switch
    {
        "read" => Scopes.Read,
        "write" => Scopes.Write,
        "operate" => Scopes.Operate,
        _ => Scopes.None,
    };

    private static bool IsName(string name) =>
        name.Length is >= 1 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) ||
            c is '.' or '_' or '-');
}
