using System.Net;
using MallVip.Client.Problems;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Keys;

/// <summary>
/// Lets a request pass if its key has the endpoint's scope; without keys, if it comes from this machine.
/// </summary>
internal sealed class KeyGate(RequestDelegate next, KeyRing keys)
{
    private const string BearerPrefix = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (keys.IsEmpty && !IsLocal(context))
            return context.WriteProblemAsync(ApiErrors.ForeignHost.Refuse(
                "No API key is configured, and the request was not addressed to this machine itself."));
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is not { } required)
            return next(context);
        var caller = keys.IsEmpty ? Caller.Local : keys.Find(Presented(context.Request));
        if (caller is null)
            return RefuseUnknown(context);
        if (!caller.Scopes.HasFlag(required.Scope))
            return context.WriteProblemAsync(ApiErrors.Forbidden.Refuse(
                $"The key '{caller.Name}' does not have the scope '{Name(required.Scope)}'."));
        context.Features.Set(caller);
        return next(context);
    }

    private static Task RefuseUnknown(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"mallvip\"";
        return context.WriteProblemAsync(
            ApiErrors.Unauthorized.Refuse("The request has no key, or one that is not known."));
    }

    private static string Presented(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            ? authorization[BearerPrefix.Length..].Trim()
            : request.Headers["X-Api-Key"].ToString();
    }

    /// <summary>
    /// Asks the Host header too: a web page of a stranger can make a browser on this machine call 127.0.0.1
    /// under the stranger's host name.
    /// </summary>
    private static bool IsLocal(HttpContext context) =>
        (context.Connection.LocalIpAddress is not { } address || IPAddress.IsLoopback(address)) &&
        StartupGuard.IsLoopbackHost(context.Request.Host.Host);

    private static string Name(Scopes scope) => scope switch
    {
        Scopes.Read => "read",
        Scopes.Write => "write",
        _ => "operate",
    };
}
