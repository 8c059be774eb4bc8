using MallVip.Grains.Desk;
using MallVip.Rules.Programmes;
using MallVip.Silo.Hosting;

namespace MallVip.System.Tests.RealData;

/// <summary>
/// Members who come with balances and a tier: through the verb, into the journal, and on in time.
/// </summary>
public sealed class MembersImportTests : IDisposable
{
    private const string Csv = """
        card,phone,name,birthday,joined,points,points_from,points_until,growth,level,level_until
        C-1,13800138000,Li Na,05-12,2021-04-01,1200,,2026-12-31,5300,gold,2027-03-31
        C-1,13800138000,Li Na,05-12,2021-04-01,300,2026-07-01,2027-06-30,,gold,2027-03-31
        C-2,,Wang Wei,,2024-11-20,0,,,40,,
        C-3,13900139000,Zhou,,2024-11-21,5,,,,ruby,
        C-4,13800138000,Li Na,,2024-11-22,5,,,,,
        C-5,,Chen,,2024-11-23,70,,2024-12-01,,basic,
        """;

    private const string Map = """
        map: 1
        time: { zone: Asia/Shanghai }
        group-by: card
        source: old-crm
        member:
          id: "{card}"
          enrolled: "{joined}"
          identities: ["card:{card}", "phone:+86{phone}"]
          attributes: { name: "{name}", birthday: "{birthday}" }
          wallets:
            points: { amount: points, expires: "{points_until}", activates: "{points_from}" }
            growth: { amount: growth }
          tier: { id: "{level}", until: "{level_until}" }
        """;

    private readonly DataFolder _folder = new();
    private readonly string _rules;
    private readonly Programme _programme;

    public MembersImportTests()
    {
        _rules = SmallProgramme.WriteTo(_folder);
        _programme = ProgrammeFolder.Load(_rules, TextWriter.Null)!;
        File.WriteAllText(_folder.File("members.csv"), Csv);
        File.WriteAllText(_folder.File("map.yaml"), Map);
    }

    [Fact]
    public async Task A_member_comes_with_lots_expiry_tier_and_validity()
    {
        await ImportAsync();

        var member = (await MembersAsync())["C-1"];
        var state = member.Snapshot.State;
        Assert.Equal(["card:C-1", "phone:+8613800138000"], member.Identities.AsEnumerable());
        Assert.Equal(("Li Na", "05-12"), (member.Attributes["name"], member.Attributes["birthday"]));
        Assert.Equal(
            [
                ("points", 1200, null, Shanghai(2027, 1, 1)),
                ("points", 300, Shanghai(2026, 7, 1), Shanghai(2027, 7, 1)),
                ("growth", 5300, null, null),
            ],
            state.Lots.OrderBy(lot => lot.Number).Select(
                lot => (lot.Wallet, lot.Remaining.Value, lot.ActivatesAt, lot.ExpiresAt)));
        Assert.Equal(1200, state.Available("points").Value);
        Assert.Equal(300, state.FindWallet("points")!.Pending.Value);
        Assert.Equal(("gold", Shanghai(2027, 4, 1)), (state.Tier!.Tier, state.Tier.Until));
        Assert.Equal(Shanghai(2021, 4, 1), state.EnrolledAt);
    }

    [Fact]
    public async Task Who_names_no_tier_gets_what_the_ladder_gives_and_the_wallets_policies_hold()
    {
        await ImportAsync();

        var members = await MembersAsync();
        Assert.Equal("basic", members["C-2"].Snapshot.State.Tier!.Tier);
        Assert.Equal(40, members["C-2"].Snapshot.State.Available("growth").Value);
        Assert.Null(members["C-2"].Snapshot.State.FindWallet("points"));
    }

    [Fact]
    public async Task What_cannot_be_taken_stands_in_the_reject_file_and_the_rest_goes_on()
    {
        var summary = await ImportAsync();

        Assert.Equal((3, 2), (summary.Accepted, summary.Rejected));
        var rejected = (await File.ReadAllLinesAsync(_folder.File("rejects.csv"))).Skip(1).Select(line => line.Split(',')[..2]);
        Assert.Equal([["5", "unknown_tier"], ["6", "identity_taken"]], rejected.OrderBy(cells => cells[0]));
        Assert.Equal(["C-1", "C-2", "C-5"], (await MembersAsync()).Keys.Order());
    }

    [Fact]
    public async Task The_second_import_changes_nothing()
    {
        await ImportAsync();
        var end = await _folder.PositionAsync();

        var summary = await ImportAsync();
        Assert.Equal((0, 3), (summary.Accepted, summary.Duplicate));
        Assert.Equal(end, await _folder.PositionAsync());
        Assert.True((await _folder.AuditAsync()).IsClean);
    }

    [Fact]
    public async Task Lots_begin_and_end_and_the_tier_is_asked_again_on_their_days()
    {
        await ImportAsync();

        Assert.Equal((1200, 300, "gold"), await AtAsync(Shanghai(2026, 7, 1).AddTicks(-1)));
        Assert.Equal((1500, 0, "gold"), await AtAsync(Shanghai(2026, 7, 1)));
        Assert.Equal((1500, 0, "gold"), await AtAsync(Shanghai(2027, 1, 1).AddTicks(-1)));
        Assert.Equal((300, 0, "gold"), await AtAsync(Shanghai(2027, 1, 1)));
        Assert.Equal((300, 0, "basic"), await AtAsync(Shanghai(2027, 4, 1)));
        Assert.Equal((0, 0, "basic"), await AtAsync(Shanghai(2027, 7, 1)));
        Assert.True((await _folder.AuditAsync()).IsClean);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int Accepted, int Duplicate, int Rejected)> ImportAsync()
    {
        var summary = await _folder.ImportAsync("members", _folder.File("members.csv"), _folder.File("map.yaml"), _rules);
        return (
            summary.GetProperty("accepted").GetInt32(),
            summary.GetProperty("duplicate").GetInt32(),
            summary.GetProperty("rejectedLines").GetInt32() + summary.GetProperty("rejectedRows").GetInt32());
    }

    private async Task<Dictionary<string, MemberView>> MembersAsync()
    {
        var members = await _folder.ReadMembersAsync(_programme, TimeProvider.System);
        return members.ToDictionary(member => member.Identities[0]["card:".Length..]);
    }

    /// <summary>What C-1 has once everything due by an instant is done.</summary>
    private async Task<(long Balance, long Pending, string? Tier)> AtAsync(DateTimeOffset now)
    {
        await using (var engine = await _folder.OpenAsync(_programme, new StandingClock(now)))
            await DueOfRun.FireAsync(engine, now, CancellationToken.None);
        var state = (await MembersAsync())["C-1"].Snapshot.State;
        return (state.Available("points").Value, state.FindWallet("points")!.Pending.Value, state.Tier?.Tier);
    }

    private static DateTimeOffset Shanghai(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.FromHours(8));
}
