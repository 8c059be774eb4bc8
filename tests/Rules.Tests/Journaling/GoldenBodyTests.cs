using System.Runtime.CompilerServices;
using System.Text;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>
/// What an older version wrote is read for ever: a name that is lost or renamed reads back as nothing, and
/// the body that is written again differs. To add a kind, run with MALLVIP_WRITE_GOLDEN=1 and commit the new
/// line.
/// </summary>
public class GoldenBodyTests
{
    public static TheoryData<int> Versions => [1, 2, 3, 4, 5, 6, 7];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Bodies_of_every_version_are_written_as_ever(int version)
    {
        var lines = BodiesOf(version).Select(golden => $"{golden.Name} {Text(golden.Body)}").ToList();
        if (Environment.GetEnvironmentVariable("MALLVIP_WRITE_GOLDEN") == "1")
            File.WriteAllText(GoldenFile(version), string.Concat(lines.Select(line => line + "\n")));

        Assert.Equal(File.ReadAllLines(GoldenFile(version)), lines);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Bodies_of_every_version_are_read_without_a_loss(int version)
    {
        foreach (var line in File.ReadAllLines(GoldenFile(version)))
        {
            var json = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            Assert.Equal(json, Text(JournalJson.ReadBody(Encoding.UTF8.GetBytes(json))));
        }
    }

    [Fact]
    public void Facts_read_alone_are_those_of_the_whole_body()
    {
        foreach (var golden in Everything())
        {
            var json = JournalJson.Write(golden.Body);
            var alone = JournalJson.ReadBody(json) with { Facts = JournalJson.ReadFacts(json) };
            Assert.Equal(Text(golden.Body), Text(alone));
            var (command, facts) = JournalJson.ReadDecision(json);
            Assert.Equal(Text(golden.Body), Text(golden.Body with { Command = command, Facts = facts }));
        }

        Assert.Throws<NewerVersionException>(() => JournalJson.ReadFacts("""{"v":8,"c":{},"f":[]}"""u8));
    }

    [Fact]
    public void What_is_written_by_hand_is_what_the_serializer_writes()
    {
        foreach (var golden in Everything())
            Assert.Equal(
                Encoding.UTF8.GetString(JournalJson.WriteByMetadata(golden.Body)), Text(golden.Body));
        foreach (var body in GoldenBodies.All.Select(golden => WithCoupons(golden.Body)).OfType<EntryBody>())
            Assert.Equal(Encoding.UTF8.GetString(JournalJson.WriteByMetadata(body)), Text(body));
    }

    private static IEnumerable<(string Name, EntryBody Body)> BodiesOf(int version) =>
        version switch
        {
            1 => GoldenBodies.All,
            2 => GoldenBodies.Second,
            3 => GoldenBodies.Third,
            4 => GoldenBodies.Fourth,
            5 => GoldenBodies.Fifth,
            6 => GoldenEngagement.Sixth.Concat(GoldenBodies.Sixth).Concat(GoldenOpening.Sixth)
                .Concat(GoldenLists.Sixth).Concat(GoldenRefunds.Sixth),
            _ => GoldenCoupons.Seventh.Concat(GoldenRewards.Seventh).Concat(GoldenParking.Seventh)
                .Concat(GoldenReviews.Seventh),
        };

    private static IEnumerable<(string Name, EntryBody Body)> Everything() =>
        Enumerable.Range(1, EntryBody.CurrentVersion).SelectMany(BodiesOf);

    private static string GoldenFile(int version) =>
        Path.Combine(Path.GetDirectoryName(Here())!, $"bodies.v{version}.ndjson");

    private static EntryBody? WithCoupons(EntryBody body)
    {
        if (body.Command is not MemberCommand.RecordEvent { Event.Data: PurchaseData purchase } record)
            return null;
        var happened = record.Event with
        {
            Data = purchase with { Coupons = ["C-1", "优惠"], Redeems = [3, 0] },
        };
        return body with { Command = new MemberCommand.RecordEvent(happened) };
    }

    [Fact]
    public void Every_kind_of_command_event_and_fact_stands_in_the_golden_file()
    {
        var bodies = Everything().Select(golden => golden.Body).ToList();
        Assert.Equal(Kinds(typeof(MemberCommand)), Names(bodies.Select(body => (object)body.Command)));
        Assert.Equal(Kinds(typeof(Fact)), Names(bodies.SelectMany(body => body.Facts)));
        var data = bodies.Select(body => body.Command).OfType<MemberCommand.RecordEvent>()
            .Select(record => record.Event.Data);
        Assert.Equal(Kinds(typeof(EventData)), Names(data));
    }

    [Fact]
    public void A_body_of_a_newer_version_is_refused_by_name()
    {
        var newer = Encoding.UTF8.GetBytes("""{"v":8,"c":{"c":"due"},"z":{}}""");

        var refusal = Assert.Throws<NewerVersionException>(() => JournalJson.ReadBody(newer));
        Assert.Contains("version 8; this build reads up to 7", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_reads_as_empty()
    {
        var body = JournalJson.ReadBody(
            """
            {"v":1,"c":{"c":"event","e":{"s":"a","i":"1","t":"mall.purchase","at":"2026-11-21T12:00:00+08:00",
            "x":{"d":"purchase","r":"R","s":"S","p":"0"}}},"f":[{"f":"spent","w":"points"}],"z":{}}
            """u8);

        Assert.Empty(body.After.Wallets);
        Assert.Empty(((Fact.SpentPoints)body.Facts[0]).Parts);
        var purchase = (PurchaseData)((MemberCommand.RecordEvent)body.Command).Event.Data;
        Assert.Empty(purchase.Lines);
        Assert.Empty(purchase.Tenders);
    }

    private static string Text(EntryBody body) => Encoding.UTF8.GetString(JournalJson.Write(body));

    private static IEnumerable<string> Kinds(Type root) =>
        Names(root.Assembly.GetTypes().Where(type => type.IsSubclassOf(root) && !type.IsAbstract));

    private static IEnumerable<string> Names(IEnumerable<object> of) =>
        of.Select(one => (one as Type ?? one.GetType()).Name).Distinct().Order(StringComparer.Ordinal);

    private static string Here([CallerFilePath] string path = "") => path;
}
