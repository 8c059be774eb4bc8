using System.Collections.Immutable;
using MallVip.Grains.Desk;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>What the desk does with a plate that several hold.</summary>
internal static class Shared
{
    public const string Plate = "plate:沪A12345";

    public static Task<DeskAnswer> LinkAsync(
        this EngineHost host, MemberId member, string identity, string? key = null, bool dryRun = false,
        string actor = "test") =>
        host.Engine.Services.GetRequiredService<IdentityDesk>().LinkAsync(
            member, identity, null, host.Call(key) with { DryRun = dryRun, Actor = actor }, default)
            .WaitAsync(EngineHost.Patience);

    public static Task<DeskAnswer> ReleaseAsync(
        this EngineHost host, MemberId member, string identity, string? key = null) =>
        host.Engine.Services.GetRequiredService<IdentityDesk>().ReleaseAsync(
            member, identity, "sold", evenLast: true, host.Call(key), default).WaitAsync(EngineHost.Patience);

    public static Task<DeskAnswer> MergeAsync(
        this EngineHost host, MemberId from, MemberId into, string? key = null) =>
        host.Engine.Services.GetRequiredService<MergeDesk>().MergeAsync(
            from, into, "one person", host.Call(key), default).WaitAsync(EngineHost.Patience);

    public static Task<DeskAnswer> RegisterAsync(
        this EngineHost host, string key, params string[] identities) =>
        host.RegisterAsync(key, dryRun: false, identities);

    public static Task<DeskAnswer> RegisterAsync(
        this EngineHost host, string key, bool dryRun, params string[] identities) =>
        host.Engine.Desk.RegisterAsync(
            new([.. identities], "bay", ImmutableSortedDictionary<string, string>.Empty),
            host.Call(key) with { DryRun = dryRun }, default).WaitAsync(EngineHost.Patience);

    public static Task<SharedOrder> OrderAsync(
        this EngineHost host, string key, params MemberId[] members) =>
        host.OrderAsync(key, dryRun: false, members);

    public static Task<SharedOrder> OrderAsync(
        this EngineHost host, string key, bool dryRun, params MemberId[] members) =>
        Desk(host).OrderAsync(
            Plate, [.. members], "asked for",
            new(
                "test", key, global::System.Text.Encoding.UTF8.GetBytes(string.Join(' ', members)), dryRun),
            default).WaitAsync(EngineHost.Patience);

    public static async Task<MemberId[]> HoldersAsync(this EngineHost host) =>
        [.. (await Desk(host).ReadAsync(Plate, default)).Members];

    private static SharingDesk Desk(EngineHost host) =>
        host.Engine.Services.GetRequiredService<SharingDesk>();
}
