using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;

namespace MallVip.Silo.Hosting;

/// <summary>What an operator configures beside the command line.</summary>
internal static class Settings
{
    /// <summary>What is wrong in a section of <c>MallVip</c>, one sentence each.</summary>
    public static ImmutableArray<string> Faults(string name) => Check().Faults($"MallVip:{name}");

    /// <summary>The sound part of a section of <c>MallVip</c> in <c>appsettings.json</c> of the working
    /// directory, with the environment over it.</summary>
    public static IConfigurationSection Section(string name) => Check().Sound.GetSection($"MallVip:{name}");

    private static SettingsCheck Check() => SettingsCheck.Of(new ConfigurationBuilder()
        .SetBasePath(Directory.GetCurrentDirectory())
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .Build());
}
