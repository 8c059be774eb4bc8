using MallVip.Client;

namespace MallVip.System.Tests.Publishing;

/// <summary>A silo over a real folder whose files somebody edits.</summary>
public sealed class ServeTests : ServedFolder
{
    [Fact]
    public async Task A_saved_file_is_in_force_soon_and_a_broken_one_is_told_by_readyz()
    {
        Save(1);
        await using var silo = await ServeAsync();
        using var http = new HttpClient { BaseAddress = new(silo.Urls.Single()) };

        Save(2);
        await UntilInForceAsync(http, 2);
        await File.WriteAllTextAsync(Path.Combine(Home, "points.yaml"), "ruleset: points\nrules:\n\tx: 1\n");
        var ready = await ReadyAsync(http, text => text.Contains("REFUSED", StringComparison.Ordinal));
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        var chinese = await ReadyAsync(http, text => text.Contains("被拒绝", StringComparison.Ordinal));
        Save(3);
        await UntilInForceAsync(http, 3);

        Assert.Contains("points.yaml:3:1: error YAML_TAB", ready, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"ready\"", ready, StringComparison.Ordinal);
        Assert.Contains("points.yaml:3:1: error YAML_TAB: 缩进", chinese, StringComparison.Ordinal);
        await ReadyAsync(http, text => !text.Contains("被拒绝", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_editor_that_saves_by_renaming_and_leaves_its_own_files_is_understood()
    {
        Save(1);
        await using var silo = await ServeAsync();
        using var http = new HttpClient { BaseAddress = new(silo.Urls.Single()) };
        var (file, swap) = (Path.Combine(Home, "points.yaml"), Path.Combine(Home, ".points.yaml.swp"));

        await File.WriteAllBytesAsync(swap, [0, 1, 2, 255]);
        await File.WriteAllTextAsync(Path.Combine(Home, "points.yaml~"), "not yaml: [");
        await File.WriteAllTextAsync(file + ".tmp", PublishingHost.Files(2).Texts["points.yaml"]);
        File.Move(file + ".tmp", file, overwrite: true);

        await UntilInForceAsync(http, 2);
    }

    [Fact]
    public async Task A_silo_starts_again_on_what_was_published_though_the_folder_is_broken_or_gone()
    {
        Save(1);
        await (await ServeAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(Home, "points.yaml"), "");

        await using (var silo = await ServeAsync())
        {
            using var http = new HttpClient { BaseAddress = new(silo.Urls.Single()) };
            var state = await new MallVipClient(http).GetProgrammeAsync();
            Assert.Equal(PublishingHost.Files(1).Version(), state.Version);
            await ReadyAsync(http, text => text.Contains("YAML_EMPTY", StringComparison.Ordinal));
        }

        Directory.Delete(Home, recursive: true);
        await using var again = await ServeNowhereAsync();
        using var client = new HttpClient { BaseAddress = new(again.Urls.Single()) };
        await ReadyAsync(client, text => text.Contains("FOLDER_MISSING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_edited_while_the_silo_was_down_is_published_at_the_start()
    {
        Save(1);
        await (await ServeAsync()).DisposeAsync();
        Save(4);

        await using var silo = await ServeAsync();

        using var http = new HttpClient { BaseAddress = new(silo.Urls.Single()) };
        var state = await new MallVipClient(http).GetProgrammeAsync();
        Assert.Equal(PublishingHost.Files(4).Version(), state.Version);
        Assert.Equal(
            ("edited", "file", 2L), (state.InForce!.How, state.InForce.Author, state.InForce.Number));
    }
}
