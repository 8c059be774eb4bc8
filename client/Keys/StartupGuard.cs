using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Keys;

/// <summary>
/// Refuses to start what would be open to strangers. Says exactly what is wrong, all at once.
/// </summary>
public static class StartupGuard
{
    /// <summary>
    /// What stands in the way of listening on these addresses with these keys; empty: nothing.
    /// </summary>
    /// <param name="urls">As for <c>--urls</c>: <c>http://127.0.0.1:5000</c>, <c>https://*:443</c>.</param>
    public static ImmutableArray<string> Examine(IEnumerable<string> urls, ApiOptions options)
    {
        var faults = KeyRing.Examine(options.ApiKeys).ToBuilder();
        if (options.ApiKeys.Length > 0)
            return faults.ToImmutable();
        foreach (var url in urls.Where(url => !IsLoopback(url)))
            faults.Add(
                $"'{url}' can be reached from other machines, but no API key is configured. Make a key " +
                "with 'mallvip key', put its name, hash and scopes under ApiKeys in the configuration, " +
                "or listen on http://127.0.0.1:5000.");
        return faults.ToImmutable();
    }

    /// <summary>
    /// Whether only this machine can reach an address. Host names other than <c>localhost</c> count as open.
    /// </summary>
    public static bool IsLoopback(string url)
    {
        var address = BindingAddress.Parse(url);
        return address.IsUnixPipe || address.IsNamedPipe || IsLoopbackHost(address.Host);
    }

    internal static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ||
        (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>The silo may not start like this.</summary>
public sealed class StartupRefusedException(ImmutableArray<string> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>What is wrong, one sentence each.</summary>
    public ImmutableArray<string> Faults { get; } = faults;
}
