using MallVip.Client;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary>A member's identities over HTTP: given, checked, taken away.</summary>
public sealed class IdentityTests
{
    private const string Phone = "phone:+8613800138000";
    private const string Card = "card:77";
    private const string Plate = "plate:沪A12345";

    [Fact]
    public async Task A_link_says_that_it_was_checked_and_the_member_shows_by_whom_and_how()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, id) = await OneAsync(host);

        await client.LinkIdentityAsync(id, new(Card, true, "desk"), "k2");
        await client.VerifyIdentityAsync(id, "phone: 138-0013-8000", new("sms"), "k3");

        var member = (await client.GetMemberAsync(id))!;
        Assert.Equal([Card, Phone], member.Identities.ToArray());
        Assert.Equal(("local", "desk"), (member.Verified[Card].By, member.Verified[Card].How));
        Assert.Equal(("local", "sms"), (member.Verified[Phone].By, member.Verified[Phone].How));
    }

    [Fact]
    public async Task What_was_released_and_claimed_again_is_not_checked_any_more()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, id) = await OneAsync(host);
        await client.LinkIdentityAsync(id, new(Card, true, "desk"), "k2");

        await client.ReleaseIdentityAsync(id, Card, new("lost"), "k3");
        await client.LinkIdentityAsync(id, new(Card), "k4");

        var member = (await client.GetMemberAsync(id))!;
        Assert.Equal([Card, Phone], member.Identities.ToArray());
        Assert.Empty(member.Verified);
    }

    [Fact]
    public async Task A_check_can_be_taken_back()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, id) = await OneAsync(host);
        await client.VerifyIdentityAsync(id, Phone, new("sms"), "k2");

        await client.VerifyIdentityAsync(id, Phone, new(Verified: false), "k3");

        Assert.Empty((await client.GetMemberAsync(id))!.Verified);
    }

    [Fact]
    public async Task A_release_without_a_reason_of_a_strange_identity_or_a_check_without_a_word_is_refused()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, id) = await OneAsync(host);

        Assert.Equal("invalid_request", await CodeAsync(
            () => client.ReleaseIdentityAsync(id, Phone, new(" "), "k2")));
        Assert.Equal("identity_not_held", await CodeAsync(
            () => client.ReleaseIdentityAsync(id, Card, new("lost"), "k3")));
        Assert.Equal("invalid_identity", await CodeAsync(
            () => client.ReleaseIdentityAsync(id, "plate:沪_A", new("sold"), "k4")));
        Assert.Equal("invalid_request", await CodeAsync(
            () => client.VerifyIdentityAsync(id, Phone, new("By SMS!"), "k5")));
        Assert.Equal("identity_not_held", await CodeAsync(
            () => client.VerifyIdentityAsync(id, Card, new("sms"), "k6")));
    }

    [Fact]
    public async Task Whose_last_identity_was_released_is_found_by_the_id()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, id) = await OneAsync(host);

        await client.ReleaseIdentityAsync(id, Phone, new("asked for"), "k2");
        await client.ReleaseIdentityAsync(id, Phone, new("asked for"), "k2");

        Assert.Null(await client.GetMemberAsync(Phone));
        Assert.Empty((await client.GetMemberAsync(id))!.Identities);
    }

    [Fact]
    public async Task A_plate_of_two_is_shown_with_both_and_only_the_desk_reads_and_puts_their_order()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, id) = await OneAsync(host);
        await client.LinkIdentityAsync(id, new(Plate), "k2");

        var second = await client.RegisterAsync(new(["phone:+8613800138001", Plate]), "k3");
        var before = await client.GetHoldersAsync(Plate);
        var put = await client.OrderHoldersAsync(
            Plate, new([second.Member, before.Members[0]], "the son drives"), "k4");
        var again = await client.OrderHoldersAsync(
            Plate, new([second.Member, before.Members[0]], "the son drives"), "k4");
        await client.ReleaseIdentityAsync(id, Plate, new("sold"), "k5");

        Assert.Equal((Plate, 2), second.Shared!.Select(pair => (pair.Key, pair.Value)).Single());
        Assert.Equal(id, before.Members[0].ToString());
        Assert.Equal(("accepted", "duplicate"), (put.Status, again.Status));
        Assert.Equal([second.Member, before.Members[0]], put.Members.ToArray());
        Assert.Equal([second.Member], (await client.GetHoldersAsync(Plate)).Members.ToArray());
        Assert.Contains(Plate, (await client.GetMemberAsync(second.Member.ToString()))!.Identities);
    }

    [Fact]
    public async Task An_order_without_a_reason_of_others_or_of_a_phone_is_refused()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, id) = await OneAsync(host);
        await client.LinkIdentityAsync(id, new(Plate), "k2");
        var member = (await client.GetHoldersAsync(Plate)).Members[0];

        Assert.Equal("invalid_request", await CodeAsync(
            () => client.OrderHoldersAsync(Plate, new([member], " "), "k3")));
        Assert.Equal("invalid_request", await CodeAsync(
            () => client.OrderHoldersAsync(Plate, new([], "asked for"), "k4")));
        Assert.Equal("holders_differ", await CodeAsync(
            () => client.OrderHoldersAsync(Plate, new([member, new(7)], "asked for"), "k5")));
        Assert.Equal("invalid_identity", await CodeAsync(() => client.GetHoldersAsync(Phone)));
    }

    private static async Task<(MallVipClient Client, string Id)> OneAsync(EngineHost host)
    {
        var client = new MallVipClient(host.Http);
        var registered = await client.RegisterAsync(new([Phone]), "k1");
        return (client, registered.Member.ToString());
    }

    private static async Task<string> CodeAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<MallVipProblemException>(call)).Problem.Code;
}
