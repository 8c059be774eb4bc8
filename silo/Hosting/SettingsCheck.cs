using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using MallVip.Client;
using MallVip.Silo.Hosting.Clusters;
using MallVip.Silo.Hosting.Features;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Import.Maps;
using MallVip.Silo.Texts;
using Microsoft.Extensions.Configuration;

namespace MallVip.Silo.Hosting;

/// <summary>
/// Holds everything under <c>MallVip</c> against the settings that there are: a name that is none, and a
/// value that cannot be one, are told together. What is sound can be read in the meantime, so that other
/// faults are found in the same start.
/// </summary>
internal sealed class SettingsCheck
{
    private const string Root = "MallVip";

    /// <summary>Sections that are read by themselves; null: whatever stands in it is handed on.</summary>
    private static readonly Dictionary<string, Type?> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        [Root] = typeof(ApiOptions),
        [$"{Root}:Journal"] = typeof(JournalSettings),
        [$"{Root}:Cluster"] = typeof(ClusterSettings),
        [$"{Root}:Cluster:Membership"] = null,
        [$"{Root}:Rules"] = typeof(RulesSettings),
        [$"{Root}:Streams"] = typeof(StreamsSettings),
        [$"{Root}:Dashboard"] = typeof(DashboardSettings),
    };

    private readonly ImmutableArray<(string Path, string Fault)>.Builder _faults =
        ImmutableArray.CreateBuilder<(string, string)>();

    private SettingsCheck(IConfiguration configuration)
    {
        Examine(configuration.GetSection(Root), typeof(ApiOptions));
        var wrong = _faults.Select(fault => fault.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Sound = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.AsEnumerable().Where(pair => !wrong.Contains(pair.Key)))
            .Build();
    }

    /// <summary>The configuration without what is wrong.</summary>
    public IConfiguration Sound { get; }

    public static SettingsCheck Of(IConfiguration configuration) => new(configuration);

    /// <summary>What is wrong below a section, one sentence each; empty: nothing.</summary>
    public ImmutableArray<string> Faults(string section = Root) =>
    [
        .. _faults.Where(fault => fault.Path.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))
            .Select(fault => fault.Fault),
    ];

    private void Examine(IConfigurationSection section, Type type)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .ToDictionary(property => property.Name, property => (Type?)property.PropertyType,
                StringComparer.OrdinalIgnoreCase);
        foreach (var (path, below) in Sections)
        {
            if (path.StartsWith(section.Path + ":", StringComparison.OrdinalIgnoreCase)
                && path.IndexOf(':', section.Path.Length + 1) < 0)
                known[path[(section.Path.Length + 1)..]] = below;
        }

        foreach (var child in section.GetChildren())
        {
            if (!known.TryGetValue(child.Key, out var expected))
                Add(child.Path, "settings.unknown", child.Path, Nearest.Hint(child.Key, known.Keys));
            else if (expected is not null)
                ExamineValue(child, Nullable.GetUnderlyingType(expected) ?? expected);
        }
    }

    private void ExamineValue(IConfigurationSection setting, Type type)
    {
        if (type.IsArray)
        {
            foreach (var element in setting.GetChildren())
                ExamineValue(element, type.GetElementType()!);
        }
        else if (type == typeof(string) || type.IsPrimitive || type == typeof(TimeSpan))
        {
            if (setting.Value is { } text && Expected(type, text) is { } expected)
                Add(setting.Path, "settings.value", setting.Path, text, ConsoleText.Current.Format(expected));
        }
        else
        {
            Examine(setting, type);
        }
    }

    /// <summary>What should stand there; null: what stands there will do.</summary>
    private static string? Expected(Type type, string text)
    {
        if (type == typeof(string))
            return null;
        if (type == typeof(bool))
            return bool.TryParse(text, out _) ? null : "settings.switch";
        if (type == typeof(TimeSpan))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero
                ? null
                : "settings.time";
        }

        return TypeDescriptor.GetConverter(type).IsValid(text)
            && long.Parse(text, CultureInfo.InvariantCulture) > 0
                ? null
                : "settings.number";
    }

    private void Add(string path, string key, params object[] values) =>
        _faults.Add((path, ConsoleText.Current.Format(key, values)));
}
