using MallVip.Grains.Tests.Journal;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Commands;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Serve;
using MallVip.System.Tests.RealData;

namespace MallVip.System.Tests.Publishing;

/// <summary>The command line against a running silo.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_published_listed_compared_and_rolled_back()
    {
        await using var silo = await ServeAsync();
        var first = PublishingHost.Files(1).Version()[..12];
        var second = PublishingHost.Files(2).Version()[..12];

        var (published, said) = await RunAsync(
            silo, "publish", "--rules", Folder("mine", PublishingHost.Files(2)), "--note", "double points");
        var (_, history) = await RunAsync(silo, "history");
        var (_, diff) = await RunAsync(silo, "diff");
        var (back, rolled) = await RunAsync(silo, "rollback");
        var (again, nothing) = await RunAsync(silo, "rollback", "--version", first);

        Assert.Equal((0, 0, 0), (published, back, again));
        Assert.Contains("points/base (points.yaml:3)", said, StringComparison.Ordinal);
        Assert.Matches($"2  {second}.+double points", history);
        Assert.Contains(
            "+    earn: { wallet: points, amount: event.paid * 2 }", diff, StringComparison.Ordinal);
        Assert.Contains(first, rolled, StringComparison.Ordinal);
        Assert.Contains(first, nothing, StringComparison.Ordinal);
        Assert.Equal(3, (await RunAsync(silo, "history", "--json")).Said.Split("\"number\":").Length - 1);
    }

    [Fact]
    public async Task Mistakes_end_with_2_and_a_newer_version_with_3()
    {
        await using var silo = await ServeAsync();
        var broken = ProgrammeFiles.Of(
            PublishingHost.Files(2).Texts.SetItem("points.yaml", "ruleset: p\nrulse: {}\n"));
        var mine = Folder("mine", PublishingHost.Files(2));
        var foreign = Folder("foreign", PublishingHost.Files(2));
        await File.WriteAllBytesAsync(Path.Combine(foreign, "x.yaml"), [0xB7, 0xC5]);

        var mistakes = await RunAsync(silo, "publish", "--rules", Folder("broken", broken));
        var encoding = await RunAsync(silo, "publish", "--rules", foreign);
        var stale = await RunAsync(
            silo, "publish", "--rules", mine, "--expected", new string('0', 64));
        var unknown = await RunAsync(silo, "rollback", "--version", "00000000");
        var nobody = await Verbs("publish", "--to", "http://127.0.0.1:1", "--rules", mine);

        Assert.Equal((2, 2, 3, 1), (mistakes.Code, encoding.Code, stale.Code, unknown.Code));
        Assert.Contains("points.yaml:2:1: error", mistakes.Said, StringComparison.Ordinal);
        Assert.Contains("x.yaml:1:1: error YAML_NOT_UTF8", encoding.Said, StringComparison.Ordinal);
        Assert.Contains("programme_changed", stale.Said, StringComparison.Ordinal);
        Assert.Equal(1, nobody.Code);
    }

    [Fact]
    public async Task A_wallet_may_vanish_when_the_operator_says_so()
    {
        await using var silo = await ServeAsync("points: {}\n  bonus: {}");
        var mine = Folder("mine", PublishingHost.Files(1));

        var refused = await RunAsync(silo, "publish", "--rules", mine);
        var tried = await RunAsync(silo, "publish", "--rules", mine, "--allow", "wallet:bonus", "--dry-run");
        var allowed = await RunAsync(silo, "publish", "--rules", mine, "--allow", "wallet:bonus");

        Assert.Equal((2, 0, 0), (refused.Code, tried.Code, allowed.Code));
        Assert.Contains("error WALLET_REMOVED", refused.Said, StringComparison.Ordinal);
        Assert.Contains("warning WALLET_REMOVED", allowed.Said, StringComparison.Ordinal);
    }

    private async Task<SiloApp> ServeAsync(string wallets = "points: {}")
    {
        var rules = Folder("rules", PublishingHost.Files(1, wallets));
        return await SiloApp.StartAsync(
            new(rules, JournalChoice.InFolder(_folder.File("data")), "http://127.0.0.1:0"),
            new ProgrammeLoader().Load(ProgrammeFolder.Files(rules)), new(), TimeProvider.System, default);
    }

    private string Folder(string name, ProgrammeFiles files)
    {
        var folder = Directory.CreateDirectory(_folder.File(name)).FullName;
        foreach (var (file, text) in files.Texts)
            File.WriteAllText(Path.Combine(folder, file), text);
        return folder;
    }

    private static Task<(int Code, string Said)> RunAsync(SiloApp silo, params string[] words) =>
        Verbs([words[0], "--to", silo.Urls.Single(), .. words[1..]]);

    private static async Task<(int Code, string Said)> Verbs(params string[] words)
    {
        var console = new ScriptConsole();
        var code = await CommandLine.Create(console).Parse(words).InvokeAsync();
        return (code, $"{console.Out}{console.Error}");
    }
}
