using MallVip.Rules.Journaling;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;

namespace MallVip.Grains.Orleans;

/// <summary>
/// How the records of <c>rules/</c>, which carry no attributes of a runtime, travel between silos: as JSON,
/// with the names they have in the journal. And how failures do: with their causes, whoever's they are, or a
/// refusal that says what to do would arrive as one that could not be written.
/// </summary>
public static class RulesSerialization
{
    private const string Root = "MallVip.Rules";

    /// <summary>Adds the codec and the copier of all types in <c>MallVip.Rules</c>, and lets every cause of a
    /// failure travel: silos trust one another.</summary>
    public static ISerializerBuilder AddRules(this ISerializerBuilder builder)
    {
        builder.Services.AddSingleton<IGeneralizedCopier, RulesCopier>();
        builder.Services.Configure<ExceptionSerializationOptions>(
            options => options.SupportedExceptionTypeFilter = static _ => true);
        return builder.AddJsonSerializer(
            isSerializable: IsOfRules, isCopyable: null,
            options => options.Configure(json => json.SerializerOptions = JournalJson.Options));
    }

    internal static bool IsOfRules(Type type) =>
        type.Namespace is { } space
        && (space == Root || space.StartsWith($"{Root}.", StringComparison.Ordinal));
}
