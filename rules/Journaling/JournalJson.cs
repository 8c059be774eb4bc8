using System.Collections;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Journaling;

/// <summary>
/// Bodies and snapshots as UTF-8 JSON. Short stable names; what has its default value is left out; what an
/// older version left out reads as the default.
/// </summary>
public static class JournalJson
{
    /// <summary>
    /// How records are written, wherever they go: into the journal, or from process to process.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        // Bodies are data, never a part of a page, so that Chinese text stays readable and short.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new JournalJsonContext().WithAddedModifier(LeaveOutEmptyLists)
            .WithAddedModifier(SharedNames.Use),
        Converters = { new DayLogJsonConverter() },
    };

    private static readonly JsonTypeInfo<EntryBody> BodyType = (JsonTypeInfo<EntryBody>)Options.GetTypeInfo(
        typeof(EntryBody));

    private static readonly JsonTypeInfo<MemberState> StateType =
        (JsonTypeInfo<MemberState>)Options.GetTypeInfo(typeof(MemberState));

    private static readonly FactReader Facts = new((JsonTypeInfo<Fact>)Options.GetTypeInfo(typeof(Fact)));

    private static readonly CommandReader Commands = new(
        (JsonTypeInfo<MemberCommand>)Options.GetTypeInfo(typeof(MemberCommand)),
        (JsonTypeInfo<EventData>)Options.GetTypeInfo(typeof(EventData)));

    private static readonly BodyWriter Writer = new(
        new JsonWriterOptions { Encoder = Options.Encoder, SkipValidation = true }, Options);

    public static byte[] Write(EntryBody body) => Writer.Write(body);

    /// <summary>What <see cref="Write(EntryBody)"/> must write, by the serializer alone.</summary>
    internal static byte[] WriteByMetadata(EntryBody body) =>
        JsonSerializer.SerializeToUtf8Bytes(body, BodyType);

    /// <exception cref="JsonException">The bytes are no body.</exception>
    /// <exception cref="NewerVersionException">A newer build wrote the body.</exception>
    public static EntryBody ReadBody(ReadOnlySpan<byte> json)
    {
        var body = JsonSerializer.Deserialize(json, BodyType) ?? throw new JsonException("The body is null.");
        return body.Version <= EntryBody.CurrentVersion
            ? body
            : throw new NewerVersionException("journal entry", body.Version, EntryBody.CurrentVersion);
    }

    /// <summary>A body's facts alone: its command, often the larger part, is passed over.</summary>
    /// <exception cref="JsonException">The bytes are no body.</exception>
    /// <exception cref="NewerVersionException">A newer build wrote the body.</exception>
    public static ImmutableArray<Fact> ReadFacts(ReadOnlySpan<byte> json) => Read(json, facts: true).Facts;

    /// <summary>A body's command and facts, without what follows from them.</summary>
    /// <inheritdoc cref="ReadFacts"/>
    public static (MemberCommand Command, ImmutableArray<Fact> Facts) ReadDecision(ReadOnlySpan<byte> json)
    {
        var (command, facts) = Read(json, facts: false);
        return (command ?? throw new JsonException("The body has no command."), facts);
    }

    /// <param name="facts">They alone.</param>
    private static (MemberCommand? Command, ImmutableArray<Fact> Facts) Read(
        ReadOnlySpan<byte> json, bool facts)
    {
        try
        {
            return ReadParts(json, facts);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException)
        {
            throw new JsonException("The body holds a value of another kind than it should.", wrong);
        }
    }

    private static (MemberCommand? Command, ImmutableArray<Fact> Facts) ReadParts(
        ReadOnlySpan<byte> json, bool facts)
    {
        var reader = new Utf8JsonReader(json);
        var command = (MemberCommand?)null;
        reader.Read();
        while (reader.Next(out var name))
            switch (name)
            {
                case "f":
                    return (command, Facts.ReadAll(ref reader));
                case "c" when !facts:
                    command = Commands.Read(ref reader);
                    break;
                case "v" when reader.GetInt32() is > EntryBody.CurrentVersion and var version:
                    throw new NewerVersionException("journal entry", version, EntryBody.CurrentVersion);
                default:
                    reader.Skip();
                    break;
            }

        return (command, []);
    }

    internal static byte[] Write(MemberState state) => JsonSerializer.SerializeToUtf8Bytes(state, StateType);

    internal static MemberState ReadState(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, StateType) ?? throw new JsonException("The state is null.");

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (typeof(ICollection).IsAssignableFrom(property.PropertyType))
                property.ShouldSerialize = static (_, value) => value is ICollection { Count: > 0 };
    }
}

/// <summary>What is read was written by a newer build, which this one must not guess at.</summary>
public sealed class NewerVersionException(string what, int found, int known)
    : Exception(
        $"A {what} has version {found}; this build reads up to {known}. Run a build as new as the journal.");
