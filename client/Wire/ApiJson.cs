using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Client.Health;
using MallVip.Client.Live;
using MallVip.Client.Problems;
using MallVip.Client.Runtime;

namespace MallVip.Client.Wire;

/// <summary>The JSON of every wire record, generated at build time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(EventAnswerBody))]
[JsonSerializable(typeof(EventAnswerBody[]))]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(SpendBody))]
[JsonSerializable(typeof(HoldPointsBody))]
[JsonSerializable(typeof(TransferPointsBody))]
[JsonSerializable(typeof(MergeBody))]
[JsonSerializable(typeof(GrantCouponBody))]
[JsonSerializable(typeof(ReserveCouponBody))]
[JsonSerializable(typeof(RedeemCouponBody))]
[JsonSerializable(typeof(ReturnCouponBody))]
[JsonSerializable(typeof(VoidCouponBody))]
[JsonSerializable(typeof(QuoteCouponsBody))]
[JsonSerializable(typeof(CouponsBody))]
[JsonSerializable(typeof(CouponFoundBody))]
[JsonSerializable(typeof(CouponQuoteBody))]
[JsonSerializable(typeof(EndReviewBody))]
[JsonSerializable(typeof(ReviewsBody))]
[JsonSerializable(typeof(CaptureBody))]
[JsonSerializable(typeof(ReleaseBody))]
[JsonSerializable(typeof(AdjustBody))]
[JsonSerializable(typeof(ConfirmBody))]
[JsonSerializable(typeof(ExtendBody))]
[JsonSerializable(typeof(ExpireBody))]
[JsonSerializable(typeof(TagBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(GrantTierBody))]
[JsonSerializable(typeof(EndTierBody))]
[JsonSerializable(typeof(TierOutlookBody))]
[JsonSerializable(typeof(TierHistoryBody))]
[JsonSerializable(typeof(TagHistoryBody))]
[JsonSerializable(typeof(AttributeHistoryBody))]
[JsonSerializable(typeof(TierReviewBody))]
[JsonSerializable(typeof(TierReviewAnswerBody))]
[JsonSerializable(typeof(LinkBody))]
[JsonSerializable(typeof(VerifyBody))]
[JsonSerializable(typeof(ReleaseIdentityBody))]
[JsonSerializable(typeof(OrderHoldersBody))]
[JsonSerializable(typeof(HoldersBody))]
[JsonSerializable(typeof(ClaimBody))]
[JsonSerializable(typeof(CloudEventBody))]
[JsonSerializable(typeof(CloudEventBody[]))]
[JsonSerializable(typeof(DeskAnswerBody))]
[JsonSerializable(typeof(MemberBody))]
[JsonSerializable(typeof(LedgerBody))]
[JsonSerializable(typeof(CursorBody))]
[JsonSerializable(typeof(RunBody))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(BatchViewBody))]
[JsonSerializable(typeof(BatchesBody))]
[JsonSerializable(typeof(BatchDecisionBody))]
[JsonSerializable(typeof(SlipBody))]
[JsonSerializable(typeof(SlipViewBody))]
[JsonSerializable(typeof(SlipsBody))]
[JsonSerializable(typeof(SlipDecisionBody))]
[JsonSerializable(typeof(ParkingLotsBody))]
[JsonSerializable(typeof(ParkingQuoteBody))]
[JsonSerializable(typeof(PayParkingBody))]
[JsonSerializable(typeof(ParkingAnswerBody))]
[JsonSerializable(typeof(ExitCheckBody))]
[JsonSerializable(typeof(ExitAnswerBody))]
[JsonSerializable(typeof(ParkingVisitsBody))]
[JsonSerializable(typeof(GrantParkingBody))]
[JsonSerializable(typeof(MoveVisitBody))]
[JsonSerializable(typeof(WhyBody))]
[JsonSerializable(typeof(QuoteBody))]
[JsonSerializable(typeof(QuoteAnswerBody))]
[JsonSerializable(typeof(LiveItem))]
[JsonSerializable(typeof(LiveCounters))]
[JsonSerializable(typeof(RuntimeBody))]
[JsonSerializable(typeof(BudgetsBody))]
[JsonSerializable(typeof(ProgrammeStateBody))]
[JsonSerializable(typeof(HistoryBody))]
[JsonSerializable(typeof(DraftRequestBody))]
[JsonSerializable(typeof(DraftBody))]
[JsonSerializable(typeof(DiffBody))]
[JsonSerializable(typeof(PublishBody))]
[JsonSerializable(typeof(RollbackBody))]
[JsonSerializable(typeof(PublishedBody))]
[JsonSerializable(typeof(LiveProgrammeBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(ReadyBody))]
[JsonSerializable(typeof(ReportBody))]
[JsonSerializable(typeof(ClaimCouponBody))]
[JsonSerializable(typeof(CouponClaimedBody))]
[JsonSerializable(typeof(CouponStockBody))]
[JsonSerializable(typeof(OrderRewardBody))]
[JsonSerializable(typeof(PayOrderBody))]
[JsonSerializable(typeof(PickUpOrderBody))]
[JsonSerializable(typeof(CancelOrderBody))]
[JsonSerializable(typeof(ReturnOrderBody))]
[JsonSerializable(typeof(CatalogueBody))]
[JsonSerializable(typeof(RewardStockBody))]
[JsonSerializable(typeof(RewardOrderedBody))]
[JsonSerializable(typeof(OrdersBody))]
[JsonSerializable(typeof(OrderFoundBody))]
[JsonSerializable(typeof(BacktestBody))]
[JsonSerializable(typeof(BacktestResultBody))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>The same, with text left readable.</summary>
    public static ApiJson Readable => Holder.Context;

    /// <summary>Apart, so that it is made after <see cref="Default"/>.</summary>
    private static class Holder
    {
        public static readonly ApiJson Context = new(new JsonSerializerOptions(Default.Options)
        {
            TypeInfoResolver = null,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }
}
