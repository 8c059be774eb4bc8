using System.Text;
using MallVip.Client;
using MallVip.Grains.Tests.Journal;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Serve;

namespace MallVip.System.Tests.Publishing;

/// <summary>How vim, Emacs, VS Code and others save into the folder of a running silo.</summary>
public sealed class EditorTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();

    private string Home => Directory.CreateDirectory(_folder.File("rules")).FullName;

    private string Points => Path.Combine(Home, "points.yaml");

    public void Dispose() => _folder.Dispose();

    /// <summary>What each leaves beside the file, and the name that it renames into place.</summary>
    public static TheoryData<string, string[], string> Editors => new()
    {
        { "vim", [".points.yaml.swp", ".points.yaml.swx", "4913", "points.yaml~"], "points.yaml~" },
        { "Emacs", [".#points.yaml", "#points.yaml#", "points.yaml~"], "#points.yaml#" },
        { "VS Code", ["points.yaml.vsctmp", ".vscode/settings.json"], "points.yaml.vsctmp" },
        { "gedit", [".goutputstream-XYZ123"], ".goutputstream-XYZ123" },
        { "kate", ["points.yaml.kate-swp", ".points.yaml.kate-swp"], "points.yaml.kate-swp" },
        { "LibreOffice", [".~lock.points.yaml#"], "points.yaml.tmp" },
        { "sed -i", ["sedXa81Kq"], "sedXa81Kq" },
        { "rsync", [".points.yaml.h7Gk2a"], ".points.yaml.h7Gk2a" },
    };

    [Theory]
    [MemberData(nameof(Editors))]
    public async Task Its_own_files_are_not_read_and_what_it_renames_into_place_is(
        string editor, string[] beside, string saved)
    {
        Save(1);
        await using var silo = await ServeAsync();
        using var http = new HttpClient { BaseAddress = new(silo.Urls.Single()) };

        foreach (var name in beside)
            await WriteAsync(name, $"{editor} [ is not: yaml\n\tat all", Encoding.Latin1);
        await WriteAsync(saved, PublishingHost.Files(2).Texts["points.yaml"], new UTF8Encoding(false));
        File.Move(Path.Combine(Home, saved), Points, overwrite: true);

        await UntilInForceAsync(http, 2);
        Assert.DoesNotContain("REFUSED", await http.GetStringAsync("/readyz"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_breaks_off_is_refused_loudly_and_the_rest_of_it_mends_that()
    {
        Save(1);
        await using var silo = await ServeAsync();
        using var http = new HttpClient { BaseAddress = new(silo.Urls.Single()) };
        var text = PublishingHost.Files(2).Texts["points.yaml"];
        var half = text[..text.IndexOf("cases:", StringComparison.Ordinal)];

        await File.WriteAllTextAsync(Points, half);
        var refused = await ReadyAsync(http, body => body.Contains("REFUSED", StringComparison.Ordinal));
        var between = await new MallVipClient(http).GetProgrammeAsync();
        await File.AppendAllTextAsync(Points, text[half.Length..]);
        await UntilInForceAsync(http, 2);

        Assert.Contains("points.yaml:7:1: error FILE_CUT_SHORT", refused, StringComparison.Ordinal);
        Assert.Equal(PublishingHost.Files(1).Version(), between.Version);
        await ReadyAsync(http, body => !body.Contains("REFUSED", StringComparison.Ordinal));
    }

    private async Task WriteAsync(string name, string text, Encoding encoding)
    {
        var path = Path.Combine(Home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, encoding);
    }

    private void Save(int perYuan)
    {
        foreach (var (name, text) in PublishingHost.Files(perYuan).Texts)
            File.WriteAllText(Path.Combine(Home, name), text);
    }

    private Task<SiloApp> ServeAsync() => SiloApp.StartAsync(
        new(Home, JournalChoice.InFolder(_folder.File("data")), "http://127.0.0.1:0"),
        new ProgrammeLoader().Load(ProgrammeFolder.Files(Home)), new(), TimeProvider.System, default);

    private static async Task UntilInForceAsync(HttpClient http, int perYuan)
    {
        var (client, wanted) = (new MallVipClient(http), PublishingHost.Files(perYuan).Version());
        var started = TimeProvider.System.GetTimestamp();
        while ((await client.GetProgrammeAsync()).Version != wanted)
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "It never came into force.");
    }

    private static async Task<string> ReadyAsync(HttpClient http, Func<string, bool> wanted)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var response = await http.GetAsync("/readyz");
            var text = await response.Content.ReadAsStringAsync();
            if (wanted(text))
                return text;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, text);
        }
    }
}
