using System.Buffers;
using System.Text.Json;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Events;
using MallVip.Rules.Identities;

namespace MallVip.Grains.Intake;

/// <summary>
/// Reads one CloudEvent 1.0 in JSON: envelope, subject and data. Personal values leave the event here and are
/// replaced by handles. Never throws for what it is given.
/// </summary>
public sealed class EventReader(ProgrammeHost programmes, Pseudonym pseudonym)
{
    /// <summary>The longest id, source, subject and type, in characters.</summary>
    public const int LongestText = 255;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? Canonical;

    private static readonly JsonDocumentOptions Options =
        new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Null: <paramref name="refusal"/> says what is wrong and where.</summary>
    /// <param name="json">The event, UTF-8.</param>
    /// <param name="arrival">The time of an event that names none; null: it must name one.</param>
    /// <param name="refusal">Null when the event is well-formed.</param>
    /// <param name="version">The programme to read it by; null: the one in force.</param>
    public IncomingEvent? Read(
        ReadOnlyMemory<byte> json, DateTimeOffset? arrival, out Refusal? refusal, InForce? version = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Read(document.RootElement, arrival, version, out refusal);
        }
        catch (JsonException failure)
        {
            var (at, line) = (failure.BytePositionInLine ?? 0, (failure.LineNumber ?? 0) + 1);
            refusal = Refusals.InvalidJson($"Not JSON at byte {at} of line {line}.");
            return null;
        }
        catch (ProgrammeNotLoadedException)
        {
            refusal = Refusals.NotNow;
            return null;
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException)
        {
            // Unpaired surrogates and numbers beyond a double pass the JSON grammar and fail when they are
            // read.
            refusal = Refusals.InvalidJson("The JSON holds text or a number that cannot be represented.");
            return null;
        }
    }

    private IncomingEvent? Read(
        JsonElement root, DateTimeOffset? arrival, InForce? version, out Refusal? refusal)
    {
        if (Envelope.Read(root, arrival, out refusal) is not { } envelope)
            return null;
        if (!IdentityText.TryParse(envelope.Subject, out var subject, out var problem))
        {
            refusal = Refusals.InvalidIdentity("subject", problem);
            return null;
        }

        var personal = new PersonalValues(pseudonym);
        var inForce = version ?? programmes.Now;
        var parsed = inForce.Parser.Parse(envelope.Type, envelope.RawData, personal.Handle);
        if (parsed.Data is not { } data)
        {
            refusal = Refusals.Of(parsed.Problems[0]);
            return null;
        }

        return new()
        {
            Event = new MallEvent(envelope.Source, envelope.Id, envelope.Type, envelope.Time, data),
            Subject = subject,
            Key = EventKey.ForEvent(envelope.Source, envelope.Id),
            Receipt = data is PurchaseData purchase
                ? EventKey.ForReceipt(purchase.Store, purchase.Receipt)
                : EventKey.None,
            Content = ContentOf(root),
            Identities = parsed.Identities.IsDefault ? [] : parsed.Identities,
            Personal = personal.ToImmutable((data as MemberData)?.Referrer, parsed.Identities),
            RulesVersion = inForce.Programme.Version,
        };
    }

    /// <summary>Keyed hash over the RFC 8785 form of type, subject, time and data.</summary>
    private UInt128 ContentOf(JsonElement root)
    {
        var buffer = Canonical ??= new ArrayBufferWriter<byte>(1 << 10);
        buffer.ResetWrittenCount();
        foreach (var name in Envelope.Hashed)
        {
            if (!root.TryGetProperty(name, out var member))
                continue;
            CanonicalJson.Write(buffer, member);
            buffer.Write("\n"u8);
        }

        return pseudonym.ContentHash(buffer.WrittenSpan);
    }
}
