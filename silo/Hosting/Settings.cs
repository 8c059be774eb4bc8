using Microsoft.Extensions.Configuration;

namespace MallVip.Silo.Hosting;

/// <summary>What an operator configures beside the command line.</summary>
internal static class Settings
{
    /// <summary>A section of <c>MallVip</c> in <c>appsettings.json</c> of the working directory, with the
    /// environment over it.</summary>
    public static IConfigurationSection Section(string name) => new ConfigurationBuilder()
        .SetBasePath(Directory.GetCurrentDirectory())
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .Build().GetSection($"MallVip:{name}");
}
