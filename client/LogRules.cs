using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MallVip.Client;

/// <summary>Keeps request lines out of the log: paths and queries of look-ups hold phone numbers.</summary>
internal static class LogRules
{
    private static readonly string[] Talkative =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.HttpLogging",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Server.Kestrel",
    ];

    /// <summary>
    /// Added after the configuration's own rules, so that a configured level cannot let them in again.
    /// </summary>
    public static void KeepPersonalDataOutOfLogs(this IServiceCollection services) =>
        services.PostConfigure<LoggerFilterOptions>(options =>
        {
            foreach (var category in Talkative)
                Silence(options, category);
        });

    private static void Silence(LoggerFilterOptions options, string category)
    {
        foreach (var rule in options.Rules.ToArray())
            if (rule.CategoryName?.StartsWith(category, StringComparison.OrdinalIgnoreCase) == true)
                options.Rules.Remove(rule);
        var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct(
            StringComparer.Ordinal);
        foreach (var provider in providers.ToArray())
            options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Warning, filter: null));
    }
}
