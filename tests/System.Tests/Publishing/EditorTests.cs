using System.Text;
using MallVip.Client;

namespace MallVip.System.Tests.Publishing;

/// <summary>How vim, Emacs, VS Code and others save into the folder of a running silo.</summary>
public sealed class EditorTests : ServedFolder
{
    private string Points => Path.Combine(Home, "points.yaml");

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
}
