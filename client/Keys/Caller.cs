using MallVip.Grains.Members;
using MallVip.Rules.Deciding;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Keys;

/// <summary>Who sent a request.</summary>
/// <param name="Name">The API key's name; <c>local</c> without keys.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Test">A test key: see <see cref="TestWall"/>.</param>
public sealed record Caller(string Name, Scopes Scopes, bool Test)
{
    /// <summary>A program on this machine, while no key is configured.</summary>
    public static Caller Local { get; } = new(Operators.Local, Scopes.All, Test: false);

    /// <summary>What stands as the actor in every entry of this caller.</summary>
    public string Actor { get; } = Test ? Actors.TestMark + Name : Name;

    /// <summary>The caller that <see cref="KeyGate"/> found.</summary>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The key gate has not run.");
}
