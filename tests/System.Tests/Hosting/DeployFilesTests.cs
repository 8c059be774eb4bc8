using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace MallVip.System.Tests.Hosting;

/// <summary>What <c>deploy/</c> ships can be read by what will read it, as far as that is here.</summary>
public sealed class DeployFilesTests
{
    [Fact]
    public void Compose_has_three_silos_that_wait_for_the_migrated_database()
    {
        var yaml = new YamlStream();
        using (var text = new StreamReader(Path.Combine(Folder(), "container", "compose.yaml")))
            yaml.Load(text);
        var services = (YamlMappingNode)yaml.Documents[0].RootNode["services"];
        Assert.Equal(
            ["migrate", "postgres", "silo1", "silo2", "silo3"],
            services.Children.Keys.Select(name => name.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_unit_where_it_can_be_asked()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
            return;
        var unit = await File.ReadAllTextAsync(Path.Combine(Folder(), "systemd", "mallvip.service"));
        var folder = Directory.CreateTempSubdirectory("mallvip-unit-");
        var copy = Path.Combine(folder.FullName, "mallvip.service");
        // The program that is not installed here is the one thing that would be missed.
        await File.WriteAllTextAsync(
            copy, unit.Replace("/opt/mallvip/mallvip", "/bin/true", StringComparison.Ordinal));
        using var analyze = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", copy])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var said = await analyze.StandardError.ReadToEndAsync();
        await analyze.WaitForExitAsync();
        folder.Delete(recursive: true);
        Assert.True(analyze.ExitCode == 0, said);
        Assert.DoesNotContain("mallvip.service:", said, StringComparison.Ordinal);
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ARCHITECTURE.md")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "deploy");
    }
}
